import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { seenClaims } from "@/db/schema/seen-claims";
import { useTestDatabase } from "@/db/testing";
import { viewerOf } from "@/lib/admins/capability";
import type { RunCapability } from "@/lib/kit/run-capability";
import type { SeenClaim } from "./seen";
import { claimsOfLastPass, listSeenClaims, rememberClaims } from "./store";

useTestDatabase();

const viewer = viewerOf(
  { id: randomUUID(), name: "Ada", email: "ada@example.com", role: "read_only" },
  { ip: null, requestId: "test", door: "console" },
);
const run = (loginMethodId: string = randomUUID()) =>
  ({ runId: randomUUID(), loginMethodId, draftId: null }) as RunCapability;
const claims = (...names: string[]): SeenClaim[] =>
  names.map((name) => ({ name, type: "text", source: "id_token" }));

async function age(loginMethodId: string, name: string, days: number): Promise<void> {
  const db = await database();
  await db
    .update(seenClaims)
    .set({ lastSeenAt: sql`now() - ${days} * interval '1 day'` })
    .where(and(eq(seenClaims.loginMethodId, loginMethodId), eq(seenClaims.name, name)));
}

describe("the memory of claims", () => {
  it("keeps what earlier runs brought, and knows what the last one did", async () => {
    const one = run();
    expect(await claimsOfLastPass(one)).toEqual([]);
    await rememberClaims(one, claims("email", "groups", "https://x/groups"));
    await rememberClaims(one, [{ name: "groups", type: "list", source: "user_info" }]);
    expect(await claimsOfLastPass(one)).toEqual(["groups"]);
    const [newest, ...older] = await listSeenClaims(viewer, one.loginMethodId);
    expect(newest).toMatchObject({ name: "groups", type: "list", source: "user_info" });
    expect(older.map(({ name }) => name)).toEqual(["email", "https://x/groups"]);
  });

  it("is of one login method alone", async () => {
    const [one, other] = [run(), run()];
    await rememberClaims(one, claims("mine"));
    expect(await claimsOfLastPass(other)).toEqual([]);
    expect(await listSeenClaims(viewer, other.loginMethodId)).toEqual([]);
  });

  it("is not emptied by a run that brought nothing", async () => {
    const one = run();
    await rememberClaims(one, claims("email"));
    await rememberClaims(one, []);
    expect(await claimsOfLastPass(one)).toEqual(["email"]);
  });

  it("holds five hundred; the oldest make room", async () => {
    const one = run();
    await rememberClaims(one, claims(...Array.from({ length: 499 }, (_, at) => `old-${at}`)));
    await age(one.loginMethodId, "old-7", 1);
    await rememberClaims(one, claims("new-1", "new-2"));
    const kept = (await listSeenClaims(viewer, one.loginMethodId)).map(({ name }) => name);
    expect(kept).toHaveLength(500);
    expect(kept).toContain("new-2");
    expect(kept).not.toContain("old-7");
  });

  it("survives two runs that end at once", async () => {
    const method = randomUUID();
    const names = Array.from({ length: 50 }, (_, at) => `claim-${at}`);
    await Promise.all([
      rememberClaims(run(method), claims(...names)),
      rememberClaims(run(method), claims(...names.toReversed())),
    ]);
    expect(await listSeenClaims(viewer, method)).toHaveLength(50);
  });

  it("forgets forms that were never saved", async () => {
    const [abandoned, other] = [run(), run()];
    await rememberClaims(abandoned, claims("left"));
    await age(abandoned.loginMethodId, "left", 8);
    await rememberClaims(other, claims("here"));
    expect(await listSeenClaims(viewer, abandoned.loginMethodId)).toEqual([]);
  });
});
