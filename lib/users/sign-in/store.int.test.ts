import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { revocations, sessions } from "@/db/schema/sessions";
import { team } from "@/db/schema/team";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertApplication, insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { listChangesOf } from "@/lib/audit/store";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner } from "@/lib/kit/actor";
import { newLogin } from "@/lib/logins/store";
import { findLiveSession } from "@/lib/sessions/store";
import type { PersonIdentity } from "../schema";
import { disableUser, enableUser, getUser, removeUser, revokeUser } from "../store";
import { noteDenied, type SignedIn, signIn } from "./store";

useTestDatabase();

let owner: Owner;
let okta: PersonIdentity["loginMethod"];
let serial = 0;
beforeAll(async () => {
  owner = await firstOwner();
  okta = await insertLoginMethod("Okta");
});

const person = (over: Partial<PersonIdentity> = {}): PersonIdentity => {
  serial += 1;
  return {
    email: `ada${serial}@example.com`,
    name: "Ada",
    issuer: "https://acme.okta.example",
    subject: `00u${serial}`,
    loginMethod: okta,
    groups: ["staff"],
    amr: ["mfa"],
    claims: [],
    ...over,
  };
};
const NOTE = { ip: "192.0.2.7", ref: "K7Q2-M9XD" };
const NOWHERE = { ...NOTE, country: "NL", userAgent: "Firefox" };
const enter = (who: PersonIdentity, applicationId: string | null = null): Promise<SignedIn> =>
  signIn(newLogin(dataPlane, who.loginMethod.id), { person: who, applicationId, ...NOWHERE });

async function entered(who: PersonIdentity, applicationId: string | null = null) {
  const done = await enter(who, applicationId);
  if (done.kind !== "signed_in") throw new Error(done.reason);
  return done;
}

describe("a login", () => {
  it("makes a user with a seat and a session that holds", async () => {
    const who = person();
    const { userId, sessionId, createdAt, expiresAt } = await entered(who);
    expect(await getUser(owner, userId)).toMatchObject({
      email: who.email,
      seat: true,
      identity: who,
      previousIdentity: null,
      sessions: 1,
      groups: 1,
    });
    expect(expiresAt - createdAt).toBe(24 * 3_600_000);
    expect(await findLiveSession(dataPlane, sessionId)).toEqual({
      id: sessionId,
      userId,
      person: who,
      ip: "192.0.2.7",
      country: "NL",
      createdAt,
      expiresAt,
      tokensExpireAt: expiresAt,
    });
  });

  it("lasts as long as the team's global session", async () => {
    const db = await database();
    await db.update(team).set({ sessionDuration: "30m" });
    const { createdAt, expiresAt } = await entered(person());
    await db.update(team).set({ sessionDuration: "24h" });
    expect(expiresAt - createdAt).toBe(30 * 60_000);
  });

  it("brings the person up to date, and keeps what was said before", async () => {
    const who = person();
    const first = await entered(who);
    const now = { ...who, email: "Ada@Elsewhere.example", groups: ["staff", "boss"] };
    const second = await entered(now);
    expect(second.userId).toBe(first.userId);
    expect(await getUser(owner, first.userId)).toMatchObject({
      email: "Ada@Elsewhere.example",
      identity: now,
      previousIdentity: who,
      sessions: 2,
    });
  });

  it("tells of what differs in the person's Audit logs, and forgets the identity of before for nothing less", async () => {
    const role = { name: "role", value: [{ name: "Captain", id: 7 }], values: [] };
    const who = person({ claims: [role], groups: ["staff", "crew"] });
    const { userId } = await entered(who);
    await entered({ ...who, groups: ["boss"] });
    const same = [{ id: 7, name: "Captain" }];
    const now = { ...who, groups: ["boss"], amr: ["pwd"], claims: [{ ...role, value: same }] };
    await entered(now);
    await noteDenied(newLogin(dataPlane, okta.id), now, NOTE);
    const { identity, previousIdentity } = await getUser(owner, userId);
    expect(identity).toMatchObject({ groups: ["boss"], amr: ["pwd"] });
    expect(previousIdentity).toMatchObject({ groups: ["staff", "crew"] });
    expect(await listChangesOf(owner, "user", userId)).toMatchObject([
      {
        ...{ action: "user.identity", actorName: "Okta", door: "login", ip: "192.0.2.7" },
        ...{ requestId: NOTE.ref, target: { name: who.email } },
        changes: [{ path: "groups", before: ["crew", "staff"], after: ["boss"] }],
      },
    ]);
  });

  it("session fixation: each one makes a session with another id", async () => {
    const who = person();
    const [first, second] = [await entered(who), await entered(who)];
    expect(second.sessionId).not.toBe(first.sessionId);
  });

  it("at the same time in two browsers makes one user", async () => {
    const who = person();
    const all = await Promise.all(Array.from({ length: 6 }, () => entered(who)));
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1);
    expect(new Set(all.map(({ sessionId }) => sessionId)).size).toBe(6);
  });

  it("is refused with the identity of another login method", async () => {
    const other = await insertLoginMethod();
    const login = newLogin(dataPlane, other.id);
    await expect(
      signIn(login, { person: person(), applicationId: null, ...NOWHERE }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("account linking by email (CVE-2023-3128)", () => {
  it("the same address at another subject, issuer or login method is another person", async () => {
    const who = person({ email: "victim@example.com" });
    const other = await insertLoginMethod();
    const all = [
      await entered(who),
      await entered({ ...who, subject: "attacker" }),
      await entered({ ...who, issuer: "https://evil.okta.example" }),
      await entered({ ...who, loginMethod: other }),
      await entered({ ...who, subject: who.subject.toUpperCase() }),
    ];
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(5);
  });

  it("a changed address keeps the person, and gives them nobody else's account", async () => {
    const victim = await entered(person({ email: "boss@example.com" }));
    const who = person();
    const before = await entered(who);
    const after = await entered({ ...who, email: "boss@example.com" });
    expect(after.userId).toBe(before.userId);
    expect(after.userId).not.toBe(victim.userId);
  });
});

describe("disabled means disabled", () => {
  it("a disabled user makes no session, and the registry does not change", async () => {
    const who = person();
    const { userId, sessionId } = await entered(who);
    await disableUser(owner, userId);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
    expect(await enter({ ...who, name: "Eve" })).toEqual({
      kind: "refused",
      reason: "user_disabled",
    });
    expect(await getUser(owner, userId)).toMatchObject({ name: "Ada", sessions: 0 });
    await enableUser(owner, userId);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
    const again = await entered(who);
    expect(again.userId).toBe(userId);
    expect(await findLiveSession(dataPlane, again.sessionId)).not.toBeNull();
  });

  it("a login method that is disabled or deleted in the middle of a login lets nobody in", async () => {
    const db = await database();
    const method = await insertLoginMethod();
    const who = person({ loginMethod: method });
    const { sessionId } = await entered(who);
    const refused = { kind: "refused", reason: "login_method_disabled" };
    await db.update(loginMethods).set({ enabled: false }).where(eq(loginMethods.id, method.id));
    expect(await enter(who)).toEqual(refused);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
    await db.update(loginMethods).set({ enabled: true }).where(eq(loginMethods.id, method.id));
    expect(await findLiveSession(dataPlane, sessionId)).not.toBeNull();
    await db.delete(loginMethods).where(eq(loginMethods.id, method.id));
    expect(await enter(who)).toEqual(refused);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
  });

  it("an application that is disabled or deleted in the middle of a login lets nobody in", async () => {
    const db = await database();
    const { id } = await insertApplication();
    const who = person();
    await entered(who, id);
    const refused = { kind: "refused", reason: "application_disabled" };
    await db.update(applications).set({ enabled: false }).where(eq(applications.id, id));
    expect(await enter(who, id)).toEqual(refused);
    await db.delete(applications).where(eq(applications.id, id));
    expect(await enter(who, id)).toEqual(refused);
  });

  it("a login waits for a login method that is being disabled, and then fails", async () => {
    const db = await database();
    const method = await insertLoginMethod();
    let pending: Promise<SignedIn> | undefined;
    await db.transaction(async (tx) => {
      await tx.update(loginMethods).set({ enabled: false }).where(eq(loginMethods.id, method.id));
      pending = enter(person({ loginMethod: method }));
      await tx.execute(sql`select pg_sleep(0.3)`);
    });
    expect(await pending).toEqual({ kind: "refused", reason: "login_method_disabled" });
  });
});

describe("a revoke that races with logins", () => {
  it("ends every session that was made before it, and leaves no other in between", async () => {
    const db = await database();
    const who = person();
    const { userId } = await entered(who);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([entered(who), revokeUser(owner, userId), entered(who)]);
      const [revoked] = await db.select().from(revocations).where(eq(revocations.id, userId));
      const all = await db.select().from(sessions).where(eq(sessions.userId, userId));
      for (const session of all) {
        const older = session.createdAt <= (revoked?.at ?? new Date(0));
        expect(session.revokedAt !== null).toBe(older);
      }
    }
  });

  it("a disable beats the login that waits for it", async () => {
    const who = person();
    const { userId } = await entered(who);
    const results = await Promise.all([
      disableUser(owner, userId),
      ...Array.from({ length: 5 }, () => enter(who)),
    ]);
    const made = results.slice(1) as SignedIn[];
    for (const done of made) {
      if (done.kind === "signed_in") {
        expect(await findLiveSession(dataPlane, done.sessionId)).toBeNull();
      }
    }
    expect((await getUser(owner, userId)).sessions).toBe(0);
  });
});

describe("removal", () => {
  it("ends sessions, frees the seat, and gives another id to whoever comes back", async () => {
    const db = await database();
    const who = person();
    const { userId, sessionId } = await entered(who);
    await removeUser(owner, userId);
    await expect(getUser(owner, userId)).rejects.toMatchObject({ code: "not_found" });
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
    const [revoked] = await db.select().from(revocations).where(eq(revocations.id, userId));
    expect(revoked).toMatchObject({ kind: "user" });
    expect(revoked?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect((await entered(who)).userId).not.toBe(userId);
  });
});

describe("a denied person", () => {
  it("gets no seat and no session, and makes no user", async () => {
    const db = await database();
    const who = person();
    const before = await db.$count(users);
    expect(await noteDenied(newLogin(dataPlane, okta.id), who, NOTE)).toBeNull();
    expect(await db.$count(users)).toBe(before);
  });

  it("who is in the registry already is described as the provider sees them now", async () => {
    const who = person();
    const { userId } = await entered(who);
    const now = { ...who, groups: [] };
    expect(await noteDenied(newLogin(dataPlane, okta.id), now, NOTE)).toBe(userId);
    expect(await getUser(owner, userId)).toMatchObject({
      identity: now,
      previousIdentity: who,
      sessions: 1,
    });
  });
});
