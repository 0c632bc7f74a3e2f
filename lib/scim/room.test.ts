import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { assertRoom } from "./room";

it("room for Users is looked for by few counts, however many a flood makes", async () => {
  const id = randomUUID();
  let made = 0;
  let counts = 0;
  const make = async () => {
    await assertRoom("User", id, async () => {
      counts += 1;
      return made;
    });
    made += 1;
  };
  for (let at = 0; at < 1_000_000; at += 1) await make();
  expect(counts).toBeLessThan(25);
  await expect(make()).rejects.toMatchObject({
    status: 403,
    detail:
      "This login method has 1,000,000 Users, and Gatehouse takes no more. Delete some, or push fewer.",
  });
  made -= 1;
  await make();
});

it("a login method that is full leaves others their room", async () => {
  const full = assertRoom("Group", randomUUID(), async () => 100_000);
  await expect(full).rejects.toMatchObject({ status: 403 });
  await assertRoom("Group", randomUUID(), async () => 99_999);
});
