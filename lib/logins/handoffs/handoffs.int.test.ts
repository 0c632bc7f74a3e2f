import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { handoffs, sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { dataPlane } from "@/lib/http/data-plane";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { deleteOldHandoffs, type Handoff, makeHandoff, spendHandoff } from "./store";

useTestDatabase();

const METHOD = "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f";
const CARRIED = { token: "eyJ.a.b", expiresAt: 1_800_000_000_000, binding: null };
let userId: string;
let applicationId: string;

beforeAll(async () => {
  const db = await database();
  const [user] = await db
    .insert(users)
    .values({
      loginMethodId: METHOD,
      loginMethodName: "Okta",
      loginMethodKind: "okta",
      issuer: "https://acme.okta.example",
      subject: "00u1",
      email: "ada@example.com",
      identity: {},
    })
    .returning({ id: users.id });
  const [application] = await db
    .insert(applications)
    .values({ aud: "a".repeat(64), name: "Wiki", destinations: ["wiki.example.com"], settings: {} })
    .returning({ id: applications.id });
  userId = user?.id ?? "";
  applicationId = application?.id ?? "";
});

async function handoff(): Promise<Handoff> {
  const db = await database();
  const later = sql`now() + interval '1 day'`;
  const [session] = await db
    .insert(sessions)
    .values({
      userId,
      loginMethodId: METHOD,
      identity: {},
      expiresAt: later,
      tokensExpireAt: later,
    })
    .returning({ id: sessions.id });
  const browserHash = hashToken(randomToken());
  return { sessionId: session?.id ?? "", applicationId, host: "wiki.example.com", browserHash };
}

describe("a handoff", () => {
  it("carries the token to the host and browser that it was made for, once", async () => {
    const made = await handoff();
    const nonce = await makeHandoff(dataPlane, made, CARRIED);
    expect(await spendHandoff(dataPlane, nonce, made)).toEqual(CARRIED);
    expect(await spendHandoff(dataPlane, nonce, made)).toBeNull();
  });

  it("handoff replay in parallel: one gets the token", async () => {
    const made = await handoff();
    const nonce = await makeHandoff(dataPlane, made, CARRIED);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => spendHandoff(dataPlane, nonce, made)),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  it("other host, login CSRF, other application: nothing, and it is not used up", async () => {
    const made = await handoff();
    const nonce = await makeHandoff(dataPlane, made, CARRIED);
    for (const wrong of [
      { host: "evil.example.com" },
      { host: "wiki.example.com:8443" },
      { browserHash: hashToken(randomToken()) },
      { applicationId: METHOD },
    ]) {
      expect(await spendHandoff(dataPlane, nonce, { ...made, ...wrong })).toBeNull();
    }
    expect(await spendHandoff(dataPlane, randomToken(), made)).toBeNull();
    expect(await spendHandoff(dataPlane, nonce, made)).toEqual(CARRIED);
  });

  it("ends with its session", async () => {
    const made = await handoff();
    const nonce = await makeHandoff(dataPlane, made, CARRIED);
    const db = await database();
    await db.update(sessions).set({ revokedAt: sql`now()` }).where(eq(sessions.id, made.sessionId));
    expect(await spendHandoff(dataPlane, nonce, made)).toBeNull();
  });

  it("holds for a minute, and is swept afterwards", async () => {
    const made = await handoff();
    const nonce = await makeHandoff(dataPlane, made, CARRIED);
    const db = await database();
    const nonceHash = hashToken(nonce);
    await db
      .update(handoffs)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(handoffs.nonceHash, nonceHash));
    expect(await spendHandoff(dataPlane, nonce, made)).toBeNull();
    await deleteOldHandoffs(dataPlane);
    expect(await db.$count(handoffs, eq(handoffs.nonceHash, nonceHash))).toBe(0);
  });

  it("holds neither nonce nor token in the clear, nor opens in another row", async () => {
    const made = await handoff();
    const [one, two] = [
      await makeHandoff(dataPlane, made, CARRIED),
      await makeHandoff(dataPlane, made, { ...CARRIED, token: "eyJ.other" }),
    ];
    const db = await database();
    const rowOf = async (nonce: string) => {
      const [row] = await db
        .select()
        .from(handoffs)
        .where(eq(handoffs.nonceHash, hashToken(nonce)));
      return row;
    };
    const row = await rowOf(one);
    expect(JSON.stringify(row)).not.toContain(one);
    expect(JSON.stringify(row)).not.toContain(CARRIED.token);
    await db
      .update(handoffs)
      .set({ sealed: row?.sealed ?? "" })
      .where(eq(handoffs.nonceHash, hashToken(two)));
    await expect(spendHandoff(dataPlane, two, made)).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});
