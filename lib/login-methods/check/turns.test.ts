import { expect, test } from "vitest";
import { isAppError } from "@/lib/kit/errors";
import { takeTurn } from "./turns";

const refusal = (keys: string[], now: number) => {
  try {
    takeTurn(keys, now);
    return null;
  } catch (error) {
    return isAppError(error) ? error : null;
  }
};

test("six checks a minute for an admin, whatever they check, and for a client, whoever asks", () => {
  const begin = 1_000_000;
  for (let at = 0; at < 6; at += 1) takeTurn(["admin a", `client ${at}`], begin + at);
  const refused = refusal(["admin a", "client new"], begin + 10_000);
  expect(refused).toMatchObject({ code: "rate_limited", fix: expect.stringContaining("50 s") });
  // What was refused is not counted, so it does not lengthen the wait.
  expect(refusal(["admin a", "client new"], begin + 60_001)).toBeNull();
  for (let at = 0; at < 6; at += 1) takeTurn([`admin ${at}`, "client 9"], begin + at);
  expect(refusal(["admin other", "client 9"], begin + 100)?.code).toBe("rate_limited");
});
