import { expect, it } from "vitest";
import { AppError } from "@/lib/kit/errors";
import { toEach } from "./several";

it("reaches everybody once, one after the other, and passes over who is gone", async () => {
  const log: string[] = [];
  await toEach(["a", "gone", "a", "b"], async (id) => {
    log.push(`begin ${id}`);
    await Promise.resolve();
    if (id === "gone") throw new AppError("not_found", "This user no longer exists.");
    log.push(`end ${id}`);
  });
  expect(log).toEqual(["begin a", "end a", "begin gone", "begin b", "end b"]);
});

it("stops at any other error, and says so", async () => {
  const reached: string[] = [];
  const failing = toEach(["a", "b"], async (id) => {
    reached.push(id);
    throw new AppError("unavailable", "The database does not answer.");
  });
  await expect(failing).rejects.toMatchObject({ code: "unavailable" });
  expect(reached).toEqual(["a"]);
});
