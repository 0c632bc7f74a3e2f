import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimUsers } from "@/db/schema/scim";
import { sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner, ScimClient } from "@/lib/kit/actor";
import { newLogin } from "@/lib/logins/store";
import { change, DEPROVISION, push, remove, scimClientFor } from "@/lib/scim/effects/testing/store";
import { findLiveSession } from "@/lib/sessions/store";
import type { PersonIdentity } from "../../schema";
import { disableUser, enableUser, getUser, removeUser } from "../../store";
import { noteDenied, signIn } from "../store";

useTestDatabase();

let owner: Owner;
let method: PersonIdentity["loginMethod"];
let client: ScimClient;
beforeAll(async () => {
  owner = await firstOwner();
  ({ method, client } = await newMethod());
});

async function newMethod(scim: Partial<ScimClient["settings"]> & { enabled?: boolean } = {}) {
  const db = await database();
  const made = await insertLoginMethod();
  const settings = { enabled: true, ...DEPROVISION, ...scim };
  await db.update(loginMethods).set({ scim: settings }).where(eq(loginMethods.id, made.id));
  return { method: made, client: scimClientFor(made, { ...DEPROVISION, ...scim }) };
}

const person = (over: Partial<PersonIdentity> = {}): PersonIdentity => ({
  ...{ email: `bob-${randomUUID().slice(0, 8)}@example.com`, name: "Bob" },
  ...{ issuer: "https://id.example.com", subject: randomUUID(), loginMethod: method },
  ...{ groups: [], amr: [], claims: [] },
  ...over,
});
const NOTE = { ip: null, ref: "K7Q2-M9XD" };
const enter = (who: PersonIdentity) => {
  const visit = { applicationId: null, ...NOTE, country: null, userAgent: null };
  return signIn(newLogin(dataPlane, who.loginMethod.id), { person: who, ...visit });
};
async function entered(who: PersonIdentity) {
  const done = await enter(who);
  if (done.kind !== "signed_in") throw new Error(done.reason);
  return done;
}
const KEPT_OUT = { kind: "refused", reason: "user_deprovisioned" };
/** Rows of the registry under an address. */
async function rowsOf(email: string) {
  const db = await database();
  return db.select().from(users).where(eq(users.email, email));
}
const linkOf = async (id: string) => {
  const db = await database();
  const [row] = await db.select().from(scimUsers).where(eq(scimUsers.id, id));
  return row?.userId ?? null;
};

describe("the first login of a pushed person", () => {
  it.each([
    ["subject", (who: PersonIdentity) => ({ userName: randomUUID(), externalId: who.subject })],
    ["address", (who: PersonIdentity) => ({ userName: who.email.toUpperCase(), externalId: "x" })],
  ])("claims their row by the %s, and keeps what was pushed", async (_by, pushedAs) => {
    const who = person();
    const { id, userId } = await push(client, {
      ...pushedAs(who),
      attributes: { title: "Captain" },
    });
    const done = await entered(who);
    expect(done.userId).toBe(userId);
    expect(await linkOf(id)).toBe(userId);
    expect(await getUser(owner, userId)).toMatchObject({
      ...{ issuer: who.issuer, subject: who.subject, seat: true, source: "scim", sessions: 1 },
      identity: { ...who, scim: { attributes: { title: "Captain" } } },
    });
    const db = await database();
    const [session] = await db.select().from(sessions).where(eq(sessions.id, done.sessionId));
    expect(session?.identity).toEqual(who);
  });

  it("claims once and for ever: the next subject under that address gets a row of its own", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    await entered(who);
    const second = await entered({ ...who, subject: "attacker" });
    expect(second.userId).not.toBe(userId);
    expect(await getUser(owner, userId)).toMatchObject({ subject: who.subject });
  });

  it("takes no row of another login method", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email, externalId: who.subject });
    const other = await newMethod();
    expect((await entered({ ...who, loginMethod: other.method })).userId).not.toBe(userId);
  });

  it("takes no row of somebody whom an admin disabled before they came", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    await disableUser(owner, userId);
    expect(await enter(who)).toEqual({ kind: "refused", reason: "user_disabled" });
    expect(await rowsOf(who.email)).toHaveLength(1);
  });

  it("with another spelling that only looks alike claims nothing", async () => {
    const who = person({ email: `\u212a${randomUUID()}@example.com` });
    const { userId } = await push(client, { userName: who.email.replace("\u212a", "k") });
    expect((await entered(who)).userId).not.toBe(userId);
  });

  it("of two browsers at once makes one user", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    const all = await Promise.all(Array.from({ length: 6 }, () => entered(who)));
    expect(new Set(all.map((done) => done.userId))).toEqual(new Set([userId]));
  });

  it("of two subjects under one address at once: one claims the row, the other gets its own", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    const all = await Promise.all([entered(who), entered({ ...who, subject: "other" })]);
    expect(all.filter((done) => done.userId === userId)).toHaveLength(1);
    expect(await rowsOf(who.email)).toHaveLength(2);
  });
});

describe("a resource and the row of its person find each other at a login", () => {
  it("when the provider tells the externalId later: the row that nobody claimed goes", async () => {
    const who = person();
    const { userId } = await entered(who);
    const pushed = await push(client, { userName: randomUUID() });
    await change(client, pushed.id, { externalId: who.subject });
    expect((await entered(who)).userId).toBe(userId);
    expect(await linkOf(pushed.id)).toBe(userId);
    await expect(getUser(owner, pushed.userId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("when the externalId shows that the address led to somebody else", async () => {
    const old = person();
    const before = await entered(old);
    const pushed = await push(client, { userName: old.email, externalId: "new subject" });
    expect(pushed.userId).toBe(before.userId);
    const after = await entered({ ...old, subject: "new subject" });
    expect(after.userId).not.toBe(before.userId);
    expect(await linkOf(pushed.id)).toBe(after.userId);
    expect(await getUser(owner, before.userId)).toMatchObject({
      source: "login",
      subject: old.subject,
    });
  });

  it("after an admin removed the person", async () => {
    const who = person();
    const pushed = await push(client, { userName: who.email });
    await entered(who);
    await removeUser(owner, pushed.userId);
    expect(await linkOf(pushed.id)).toBeNull();
    const again = await entered(who);
    expect(again.userId).not.toBe(pushed.userId);
    expect(await linkOf(pushed.id)).toBe(again.userId);
  });
});

describe("somebody whom the provider deactivated", () => {
  it("is kept out until they are active again, and what they had does not come back", async () => {
    const who = person();
    const { id, userId } = await push(client, { userName: who.email });
    const { sessionId } = await entered(who);
    await change(client, id, { active: false });
    expect(await enter({ ...who, name: "Eve" })).toEqual(KEPT_OUT);
    expect(await getUser(owner, userId)).toMatchObject({ name: "Bob", seat: false, sessions: 0 });
    await change(client, id, { active: true });
    expect((await entered(who)).userId).toBe(userId);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
  });

  it.each([
    ["who never came", (who: PersonIdentity) => ({ userName: who.email })],
    [
      "by the subject alone",
      (who: PersonIdentity) => ({ userName: randomUUID(), externalId: who.subject }),
    ],
  ])("%s is kept out too", async (_who, pushedAs) => {
    const who = person();
    await push(client, { ...pushedAs(who), active: false });
    expect(await enter(who)).toEqual(KEPT_OUT);
  });

  it("is kept out under another subject with the same address, and after a removal", async () => {
    const who = person();
    const { id, userId } = await push(client, { userName: who.email });
    await entered(who);
    await change(client, id, { active: false });
    expect(await enter({ ...who, subject: "second account" })).toEqual(KEPT_OUT);
    await removeUser(owner, userId);
    expect(await enter(who)).toEqual(KEPT_OUT);
  });

  it("keeps nobody else out: the address passed on to a resource of somebody else", async () => {
    const [old, next] = [person(), person()];
    const first = await push(client, { userName: old.email, externalId: old.subject });
    await entered(old);
    await change(client, first.id, { userName: `left-${old.email}`, active: false });
    await push(client, { userName: old.email, externalId: next.subject });
    expect((await enter({ ...next, email: old.email })).kind).toBe("signed_in");
    expect(await enter(old)).toEqual(KEPT_OUT);
  });

  it.each([
    ["without Enable user deprovisioning", { user_deprovision: false }],
    ["while SCIM is off", { enabled: false }],
  ])("comes in %s", async (_when, settings) => {
    const off = await newMethod(settings);
    const who = person({ loginMethod: off.method });
    await push(off.client, { userName: who.email, active: false });
    expect((await enter(who)).kind).toBe("signed_in");
  });

  it("comes in again when they were deleted: then the provider alone decides", async () => {
    const who = person();
    const { id } = await push(client, { userName: who.email, active: false });
    await remove(client, id);
    expect((await enter(who)).kind).toBe("signed_in");
  });
});

describe("somebody whom an admin disabled before they ever signed in", () => {
  const REFUSED = { kind: "refused", reason: "user_disabled" };
  async function disabled() {
    const who = person();
    const pushed = await push(client, { userName: who.email, externalId: who.subject });
    await disableUser(owner, pushed.userId);
    await remove(client, pushed.id);
    return { who, userId: pushed.userId };
  }

  it("does not come in by being deleted at the provider", async () => {
    const { who, userId } = await disabled();
    expect(await enter(who)).toEqual(REFUSED);
    expect(await enter({ ...who, email: person().email })).toEqual(REFUSED);
    expect(await enter({ ...who, subject: randomUUID() })).toEqual(REFUSED);
    expect((await enter(person())).kind).toBe("signed_in");
    await enableUser(owner, userId);
    expect((await enter(who)).kind).toBe("signed_in");
  });

  it.each([
    ["the same externalId", (who: PersonIdentity) => ({ externalId: who.subject })],
    ["the same userName", (who: PersonIdentity) => ({ userName: who.email.toUpperCase() })],
  ])("does not come in by being deleted and created again with %s", async (_by, pushedAs) => {
    const { who, userId } = await disabled();
    const again = await push(client, { userName: person().email, ...pushedAs(who) });
    expect(again).toMatchObject({ userId, effects: [{ kind: "linked" }, {}] });
    expect(await enter(who)).toEqual(REFUSED);
    expect(await getUser(owner, userId)).toMatchObject({ issuer: "", subject: again.id });
    await enableUser(owner, userId);
    expect((await entered(who)).userId).toBe(userId);
  });

  it("keeps out nobody else whom the provider then gives the address", async () => {
    const { who, userId } = await disabled();
    const next = person({ email: who.email });
    const made = await push(client, { userName: next.email, externalId: next.subject });
    expect(made.userId).not.toBe(userId);
    expect((await entered(next)).userId).toBe(made.userId);
  });
});

describe("a login at the same moment", () => {
  it("as a deactivation waits for it, and is refused", async () => {
    const who = person();
    const { id } = await push(client, { userName: who.email });
    await entered(who);
    let login: ReturnType<typeof enter> | undefined;
    await change(client, id, { active: false }, async () => {
      login = enter(who);
      await Promise.race([login, new Promise((done) => setTimeout(done, 200))]);
    });
    expect(await login).toEqual(KEPT_OUT);
  });

  it.each([
    [
      "a push of them as inactive",
      (who: PersonIdentity, during: () => Promise<void>) =>
        push(client, { userName: randomUUID(), externalId: who.subject, active: false }, during),
    ],
    [
      "the subject told of a resource that is inactive",
      async (who: PersonIdentity, during: () => Promise<void>) => {
        const { id } = await push(client, { userName: randomUUID(), active: false });
        await change(client, id, { externalId: who.subject }, during);
      },
    ],
  ])("for the first time as %s is refused, whoever active has their address", async (_as, told) => {
    const who = person();
    await push(client, { userName: who.email });
    let login: ReturnType<typeof enter> | undefined;
    await told(who, async () => {
      login = enter(who);
      await Promise.race([login, new Promise((done) => setTimeout(done, 200))]);
    });
    expect(await login).toEqual(KEPT_OUT);
  });

  it("as deactivations and activations leaves no session that holds while they are inactive", async () => {
    const who = person();
    const { id, userId } = await push(client, { userName: who.email });
    for (let round = 0; round < 8; round += 1) {
      await Promise.all([enter(who), change(client, id, { active: false }), enter(who)]);
      expect(await getUser(owner, userId)).toMatchObject({ sessions: 0, seat: false });
      await Promise.all([enter(who), change(client, id, { active: true })]);
    }
  });

  it("as the push of the person makes one row, whichever is first", async () => {
    for (let round = 0; round < 8; round += 1) {
      const who = person();
      const [done, pushed] = await Promise.all([
        entered(who),
        push(client, { userName: who.email, externalId: who.subject }),
      ]);
      expect(await linkOf(pushed.id)).toBe(done.userId);
      expect(await rowsOf(who.email)).toHaveLength(1);
    }
  });

  it("as the push of the person, which has not ended, waits for it and claims the row", async () => {
    const who = person();
    let login: ReturnType<typeof entered> | undefined;
    const pushed = await push(client, { userName: who.email }, async () => {
      login = entered(who);
      await Promise.race([login, new Promise((done) => setTimeout(done, 200))]);
    });
    expect((await login)?.userId).toBe(pushed.userId);
  });

  it("as an admin removes them ends in one way or the other, and in no deadlock", async () => {
    for (let round = 0; round < 8; round += 1) {
      const who = person();
      const { id, userId } = await push(client, { userName: who.email });
      await entered(who);
      const [, again] = await Promise.all([
        removeUser(owner, userId),
        entered(who),
        change(client, id, { attributes: { title: "Captain" } }),
      ]);
      expect(again.kind).toBe("signed_in");
      expect(await rowsOf(who.email)).toHaveLength((await linkOf(id)) ? 1 : 0);
    }
  });
});

describe("a pushed person whom the policies turn away", () => {
  it("is told apart in the log, and stays as they are until they get in", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    expect(await noteDenied(newLogin(dataPlane, method.id), who, NOTE)).toBe(userId);
    expect(await getUser(owner, userId)).toMatchObject({ issuer: "", name: null, seat: false });
  });

  it("keeps what was pushed beside what the provider says now", async () => {
    const who = person();
    const { userId } = await push(client, { userName: who.email });
    await entered(who);
    const now = { ...who, groups: ["left"] };
    expect(await noteDenied(newLogin(dataPlane, method.id), now, NOTE)).toBe(userId);
    expect((await getUser(owner, userId)).identity).toMatchObject({
      groups: ["left"],
      scim: { userName: who.email },
    });
  });
});
