import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { seenClaims } from "@/db/schema/seen-claims";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertSession } from "@/db/testing-rows";
import { firstOwner, join } from "@/lib/admins/testing";
import type { Viewer } from "@/lib/kit/actor";
import { hintsOfMethod, hintsOfRegistry } from "./store";

useTestDatabase();
let reader: Viewer;
beforeAll(async () => {
  ({ viewer: reader } = await join(await firstOwner(), "read_only"));
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate login_methods, users, seen_claims cascade`);
});

const roles = (...values: string[]) => [
  { name: "roles", value: values, values: values.map((value) => ({ path: "", value })) },
];

describe("hints for rules", () => {
  it("come from the people and the tests of one login method, and of no other", async () => {
    const ada = await insertSession("ada@example.com", roles("dev"));
    await insertSession("bob@example.com", roles("other"));
    const db = await database();
    const at = new Date();
    await db.insert(seenClaims).values([
      {
        loginMethodId: ada.loginMethodId,
        name: "dept",
        type: "string",
        source: "id_token",
        lastSeenAt: at,
      },
      {
        loginMethodId: ada.loginMethodId,
        name: "roles",
        type: "array",
        source: "id_token",
        lastSeenAt: at,
      },
    ]);
    expect(await hintsOfMethod(reader, ada.loginMethodId)).toEqual({
      claims: [
        { value: "dept", detail: "string" },
        { value: "roles", detail: "array" },
      ],
      groups: [],
      scim: false,
      values: [{ claim: "roles", hints: [{ value: "dev", detail: "1 person" }] }],
      domains: [],
    });
    expect(await hintsOfMethod(reader, crypto.randomUUID())).toMatchObject({
      ...{ claims: [], groups: [], values: [] },
    });
  });

  it("leave out an identity that cannot be read", async () => {
    const { userId, loginMethodId } = await insertSession("ada@example.com", roles("dev"));
    const db = await database();
    await db
      .update(users)
      .set({ identity: { claims: 7 } })
      .where(eq(users.id, userId));
    expect((await hintsOfMethod(reader, loginMethodId)).values).toEqual([]);
  });

  it("are the domains of everybody's addresses, most people first, none that a rule cannot hold", async () => {
    for (const email of ["a@Example.com", "b@example.com", "c@example.org", "nonsense", "d@a b"]) {
      await insertSession(email);
    }
    expect((await hintsOfRegistry(reader)).domains).toEqual([
      { value: "example.com", detail: "2 people" },
      { value: "example.org", detail: "1 person" },
    ]);
  });
});
