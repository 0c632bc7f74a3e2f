import { expect, test } from "vitest";
import { database } from "./client";
import { admins } from "./schema/admins";
import { useTestDatabase } from "./testing";

useTestDatabase();

test("the migrations made the tables", async () => {
  const db = await database();
  expect(await db.select().from(admins)).toEqual([]);
});
