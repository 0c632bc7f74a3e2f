import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { scimGroups, scimMembers, scimUsers } from "@/db/schema/scim";
import { revocations, sessionApplications, sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertApplication, insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner, ScimClient } from "@/lib/kit/actor";
import { newLogin } from "@/lib/logins/store";
import { findLiveSession } from "@/lib/sessions/store";
import type { PersonIdentity } from "@/lib/users/schema";
import { signIn } from "@/lib/users/sign-in/store";
import { getUser } from "@/lib/users/store";
import { onMembershipChanged } from "./store";
import {
  addMembers,
  change,
  DEPROVISION,
  push,
  pushGroup,
  remove,
  scimClientFor,
} from "./testing/store";

useTestDatabase();

let owner: Owner;
let method: PersonIdentity["loginMethod"];
beforeAll(async () => {
  owner = await firstOwner();
  method = await insertLoginMethod();
});

const ISSUER = "https://id.example.com";
const fresh = (name = "ada") => `${name}-${randomUUID().slice(0, 8)}@example.com`;
const NOWHERE = { ip: null, ref: "K7Q2-M9XD", country: null, userAgent: null, applicationId: null };

/** Somebody who signs in. */
async function enter(
  email: string,
  subject: string = randomUUID(),
  over: Partial<PersonIdentity> = {},
) {
  const person: PersonIdentity = {
    ...{ email, name: "Ada", issuer: ISSUER, subject, loginMethod: method },
    ...{ groups: ["from-login"], amr: ["mfa"], claims: [] },
    ...over,
  };
  const done = await signIn(newLogin(dataPlane, person.loginMethod.id), { person, ...NOWHERE });
  if (done.kind !== "signed_in") throw new Error(done.reason);
  return { ...done, person, subject };
}
const kinds = (effects: { kind: string }[]) => effects.map(({ kind }) => kind);
const personOf = async (resourceId: string) => {
  const db = await database();
  const [row] = await db.select().from(scimUsers).where(eq(scimUsers.id, resourceId));
  return row?.userId;
};
const withSettings = (settings: Partial<ScimClient["settings"]>) => scimClientFor(method, settings);

describe("a pushed person", () => {
  it("who is unknown is registered without a seat, as the provider describes them", async () => {
    const email = fresh();
    const attributes = { name: { givenName: "Ada", familyName: "Byron" }, title: "Countess" };
    const made = await push(withSettings({}), { userName: email, externalId: "e1", attributes });
    expect(made.effects).toEqual([{ kind: "registered", userId: made.userId, email, count: 1 }]);
    expect(await getUser(owner, made.userId)).toMatchObject({
      ...{ email, name: "Ada Byron", issuer: "", subject: made.id },
      ...{ seat: false, source: "scim", lastLoginAt: null },
      identity: { scim: { userName: email, externalId: "e1", attributes } },
    });
  });

  it.each([
    ["the subject, whatever the address", (subject: string) => ({ externalId: subject })],
    ["the address, in any case", (_: string, email: string) => ({ userName: email.toUpperCase() })],
  ])("who signed in before is found by %s", async (_by, pushedAs) => {
    const email = fresh();
    const { userId, subject } = await enter(email);
    const input = { userName: fresh("other"), ...pushedAs(subject, email) };
    const made = await push(withSettings({}), input);
    expect(made).toMatchObject({ userId, effects: [{ kind: "linked", userId }] });
    const user = await getUser(owner, userId);
    expect(user).toMatchObject({ source: "scim", email, issuer: ISSUER, subject, seat: true });
  });

  it("is, of several with one address, the one who signed in last", async () => {
    const email = fresh();
    await enter(email);
    const last = await enter(email);
    expect((await push(withSettings({}), { userName: email })).userId).toBe(last.userId);
  });
});

describe("identity confusion by SCIM (CVE-2025-41115, GitLab #363058, authentik's adoption)", () => {
  it("a number as externalId is text, and never the id of a row", async () => {
    const victim = await enter(fresh());
    const made = await push(withSettings({}), { userName: fresh(), externalId: victim.userId });
    expect(made.effects).toMatchObject([{ kind: "registered" }]);
    expect(made.userId).not.toBe(victim.userId);
  });

  it("another login method's people are out of reach, by subject and by address", async () => {
    const email = fresh();
    const { subject, userId } = await enter(email);
    const other = scimClientFor(await insertLoginMethod(), DEPROVISION);
    const made = await push(other, { userName: email, externalId: subject, active: false });
    expect(made.userId).not.toBe(userId);
    expect(await getUser(owner, userId)).toMatchObject({ sessions: 1, seat: true });
  });

  it("the address of somebody who is linked already is not enough to take them over", async () => {
    const email = fresh();
    const { userId, subject } = await enter(email);
    await push(withSettings({}), { userName: fresh(), externalId: subject });
    const second = await push(withSettings({}), { userName: email, externalId: "evil" });
    expect(second.userId).not.toBe(userId);
  });

  it("a Kelvin sign is no k", async () => {
    const name = `k${fresh()}`;
    const { userId } = await enter(name);
    const made = await push(withSettings({}), { userName: name.replace(/^k/, "\u212a") });
    expect(made.userId).not.toBe(userId);
  });

  it("a renamed resource keeps its person, and takes nobody who has the new name", async () => {
    const client = withSettings({ identity_update_behavior: "automatic" });
    const boss = await enter(fresh("boss"));
    const mine = await enter(fresh());
    const made = await push(client, { userName: mine.person.email, externalId: mine.subject });
    await change(client, made.id, { userName: boss.person.email });
    expect(await personOf(made.id)).toBe(mine.userId);
    expect(await getUser(owner, mine.userId)).toMatchObject({
      ...{ issuer: ISSUER, subject: mine.subject, email: boss.person.email, sessions: 1 },
    });
    await change({ ...client, settings: DEPROVISION }, made.id, { active: false });
    expect(await getUser(owner, boss.userId)).toMatchObject({ sessions: 1, seat: true });
  });

  it("a re-created resource with another externalId is another person under the same address", async () => {
    const client = withSettings({});
    const old = await enter(fresh());
    const first = await push(client, { userName: old.person.email, externalId: old.subject });
    await remove(client, first.id);
    const second = await push(client, { userName: old.person.email, externalId: "new hire" });
    expect(second).toMatchObject({ effects: [{ kind: "registered" }] });
    expect(second.userId).not.toBe(old.userId);
  });

  it("a re-created resource with the same externalId is the same person", async () => {
    const client = withSettings({});
    const old = await enter(fresh());
    const first = await push(client, { userName: old.person.email, externalId: old.subject });
    await remove(client, first.id);
    expect(await getUser(owner, old.userId)).toMatchObject({ source: "login" });
    const second = await push(client, { userName: fresh("new"), externalId: old.subject });
    expect(second.userId).toBe(old.userId);
  });
});

describe("a person who is deactivated", () => {
  async function pushedAndIn(settings: Partial<ScimClient["settings"]>) {
    const client = withSettings(settings);
    const person = await enter(fresh());
    const made = await push(client, { userName: person.person.email, externalId: person.subject });
    return { client, ...person, id: made.id };
  }

  it("loses every session at once, and the log names the applications", async () => {
    const db = await database();
    const { client, id, sessionId, userId, person } = await pushedAndIn({ user_deprovision: true });
    const { id: applicationId, name } = await insertApplication();
    const expiresAt = new Date(Date.now() + 3_600_000);
    const token = { sessionId, applicationId, host: "wiki.example.com", issuedAt: new Date() };
    await db.insert(sessionApplications).values({ ...token, expiresAt });
    await enter(person.email, person.subject);
    const effects = await change(client, id, { active: false });
    const whose = { userId, email: person.email };
    expect(effects).toEqual([
      { kind: "sessions_ended", ...whose, count: 2, applications: [name] },
      { kind: "seat_kept", ...whose, count: 1 },
      { kind: "kept_out", ...whose, count: 1 },
    ]);
    expect(await findLiveSession(dataPlane, sessionId)).toBeNull();
    const mine = and(eq(revocations.kind, "user"), eq(revocations.id, userId));
    expect(await db.select().from(revocations).where(mine)).toHaveLength(1);
    const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
    expect(row).toMatchObject({ revokedReason: "deprovisioned" });
    expect(await getUser(owner, userId)).toMatchObject({ seat: true, sessions: 0 });
  });

  it("frees the seat where the login method says so, and a login takes it again", async () => {
    const { client, id, userId, person } = await pushedAndIn(DEPROVISION);
    expect(kinds(await change(client, id, { active: false }))).toContain("seat_freed");
    expect(await getUser(owner, userId)).toMatchObject({ seat: false });
    expect(kinds(await change(client, id, { active: true }))).toEqual(["let_in_again"]);
    expect(await getUser(owner, userId)).toMatchObject({ seat: false, sessions: 0 });
    await enter(person.email, person.subject);
    expect(await getUser(owner, userId)).toMatchObject({ seat: true, sessions: 1 });
  });

  it("loses nothing without Enable user deprovisioning", async () => {
    const { client, id, userId } = await pushedAndIn({});
    expect(await change(client, id, { active: false })).toEqual([]);
    expect(await change(client, id, { active: true })).toEqual([]);
    expect(await getUser(owner, userId)).toMatchObject({ seat: true, sessions: 1 });
  });

  it("loses it once: a second deactivation ends nothing more", async () => {
    const { client, id } = await pushedAndIn(DEPROVISION);
    await change(client, id, { active: false });
    expect(await change(client, id, { active: false })).toEqual([]);
  });

  it("takes with them whoever else signed in under their name, such as after a new subject", async () => {
    const client = withSettings(DEPROVISION);
    const email = fresh();
    const before = await enter(email, "old subject");
    const { id } = await push(client, { userName: email });
    const after = await enter(email, "new subject");
    expect(after.userId).not.toBe(before.userId);
    await change(client, id, { active: false });
    for (const { userId } of [before, after]) {
      expect(await getUser(owner, userId)).toMatchObject({ sessions: 0, seat: false });
    }
  });

  it.each([
    ["externalId", ({ subject }: { subject: string }) => ({ externalId: subject })],
    ["userName", ({ person }: { person: PersonIdentity }) => ({ userName: person.email })],
  ])("takes with them whom a changed %s means only while they are inactive", async (_by, told) => {
    const client = withSettings(DEPROVISION);
    const { id } = await push(client, { userName: fresh(), active: false });
    const late = await enter(fresh());
    expect(kinds(await change(client, id, told(late)))).toContain("sessions_ended");
    expect(await findLiveSession(dataPlane, late.sessionId)).toBeNull();
    expect(await getUser(owner, late.userId)).toMatchObject({ sessions: 0, seat: false });
  });

  it("renamed in the same request, as Entra ID soft-deletes, takes a second subject under the old name", async () => {
    const client = withSettings(DEPROVISION);
    const email = fresh();
    const first = await enter(email);
    const { id } = await push(client, { userName: email });
    const second = await enter(email);
    const effects = await change(client, id, { userName: `0f1e2d${email}`, active: false });
    expect(effects).toMatchObject([{ kind: "sessions_ended", count: 2 }, {}, { kind: "kept_out" }]);
    for (const { userId } of [first, second]) {
      expect(await getUser(owner, userId)).toMatchObject({ sessions: 0, seat: false });
    }
  });

  it("who is pushed as inactive from the start loses the sessions of before", async () => {
    const { userId, person } = await enter(fresh());
    const client = withSettings(DEPROVISION);
    const made = await push(client, { userName: person.email, active: false });
    expect(kinds(made.effects)).toEqual(["linked", "sessions_ended", "seat_freed", "kept_out"]);
    expect(await getUser(owner, userId)).toMatchObject({ sessions: 0 });
  });

  it("who is deleted loses sessions and seat, and stays in the registry", async () => {
    const { client, id, userId } = await pushedAndIn(DEPROVISION);
    expect(kinds(await remove(client, id))).toEqual(["sessions_ended", "seat_freed"]);
    expect(await getUser(owner, userId)).toMatchObject({ seat: false, source: "login" });
  });

  it("who never signed in leaves the registry with the resource", async () => {
    const client = withSettings({});
    const { id, userId } = await push(client, { userName: fresh() });
    expect(await remove(client, id)).toEqual([]);
    await expect(getUser(owner, userId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the identity after a push", () => {
  const NEW = { attributes: { displayName: "Ada Lovelace", title: "Countess" } };

  it.each([
    ["automatic", "Ada Lovelace"],
    ["reauth", "Ada"],
    ["no_action", "Ada"],
  ] as const)("is, with %s, named %s; the session stays", async (behavior, name) => {
    const client = withSettings({ identity_update_behavior: behavior });
    const { userId, person, subject } = await enter(fresh());
    const { id } = await push(client, { userName: person.email, externalId: subject });
    const effects = await change(client, id, NEW);
    expect(kinds(effects)).toEqual(behavior === "automatic" ? ["identity_updated"] : []);
    expect(await getUser(owner, userId)).toMatchObject({
      ...{ name, sessions: 1, subject, issuer: ISSUER },
      identity: { name, amr: ["mfa"], groups: ["from-login"] },
    });
    expect(await change(client, id, NEW)).toEqual([]);
  });

  it("of somebody who has not signed in is always as they are pushed", async () => {
    const client = withSettings({});
    const { id, userId } = await push(client, { userName: fresh() });
    const email = fresh("renamed");
    expect(kinds(await change(client, id, { userName: email, ...NEW }))).toEqual([
      "identity_updated",
    ]);
    expect(await getUser(owner, userId)).toMatchObject({ email, name: "Ada Lovelace", issuer: "" });
  });
});

describe("a change of groups", () => {
  async function people(client: ScimClient, count: number) {
    const all = [];
    for (let n = 0; n < count; n += 1) {
      const { userId, person, subject } = await enter(fresh());
      const pushed = await push(client, { userName: person.email, externalId: subject });
      all.push({ userId, id: pushed.id });
    }
    return all;
  }
  const groupsOf = async (userId: string) => (await getUser(owner, userId)).identity.groups;
  async function alter(
    client: ScimClient,
    ...args: Parameters<typeof onMembershipChanged> extends [unknown, unknown, infer M]
      ? [M]
      : never
  ) {
    const db = await database();
    return db.transaction((tx) => onMembershipChanged(tx, client, ...args));
  }

  it("overwrites the groups of a login where updates are automatic, and nobody's session ends", async () => {
    const db = await database();
    const client = withSettings({ identity_update_behavior: "automatic" });
    const [one, two] = await people(client, 2);
    if (!one || !two) throw new Error("nobody");
    const groupId = await pushGroup(client, "Engineering", [one.id]);
    await pushGroup(client, "All", [one.id, two.id]);
    expect(await alter(client, [one.id])).toMatchObject([
      { kind: "identity_updated", userId: one.userId, count: 1 },
    ]);
    expect(await groupsOf(one.userId)).toEqual(["All", "Engineering"]);
    expect(await groupsOf(two.userId)).toEqual(["from-login"]);
    await db.update(scimGroups).set({ displayName: "R&D" }).where(eq(scimGroups.id, groupId));
    expect(await alter(client, { groupId })).toMatchObject([{ count: 1 }]);
    expect(await groupsOf(one.userId)).toContain("R&D");
    expect(await alter(client, { groupId, leaving: true })).toMatchObject([{ count: 1 }]);
    expect(await groupsOf(one.userId)).toEqual(["All"]);
    expect((await getUser(owner, one.userId)).sessions).toBe(1);
  });

  it("ends sessions of exactly those whose groups changed where they are to sign in again", async () => {
    const client = withSettings({ identity_update_behavior: "reauth" });
    const all = await people(client, 4);
    const groupId = await pushGroup(
      client,
      "Support",
      all.slice(0, 3).map(({ id }) => id),
    );
    expect(await alter(client, { groupId })).toEqual([
      { kind: "sessions_ended", userId: null, email: null, count: 3, applications: [] },
    ]);
    const live = await Promise.all(
      all.map(async ({ userId }) => (await getUser(owner, userId)).sessions),
    );
    expect(live).toEqual([0, 0, 0, 1]);
    expect(await groupsOf(all[0]?.userId ?? "")).toEqual(["from-login"]);
    const last = all[3];
    expect(await alter(client, [last?.id ?? ""])).toMatchObject([
      { kind: "sessions_ended", userId: last?.userId, count: 1 },
    ]);
  });

  it("changes nothing but who has not signed in where nothing is to be done", async () => {
    const client = withSettings({ identity_update_behavior: "no_action" });
    const [one] = await people(client, 1);
    const unseen = await push(client, { userName: fresh() });
    const groupId = await pushGroup(client, "Sales", [one?.id ?? "", unseen.id]);
    expect(await alter(client, { groupId })).toMatchObject([{ userId: unseen.userId, count: 1 }]);
    expect(await groupsOf(one?.userId ?? "")).toEqual(["from-login"]);
    expect(await groupsOf(unseen.userId)).toEqual(["Sales"]);
  });

  it.each(["automatic", "reauth"] as const)(
    "takes as many statements for ten people as for two where it is %s",
    async (behavior) => {
      const db = await database();
      const client = withSettings({ identity_update_behavior: behavior });
      const ids = (await people(client, 12)).map(({ id }) => id);
      const groups = [
        await pushGroup(client, `Two ${behavior}`, ids.slice(0, 2)),
        await pushGroup(client, `Ten ${behavior}`, ids.slice(2)),
      ];
      const counts = groups.map((groupId) =>
        db.transaction(async (tx) => {
          let statements = 0;
          const execute: typeof tx.execute = (query) => {
            statements += 1;
            return tx.execute(query);
          };
          const counting = new Proxy(tx, {
            get: (target, name) => (name === "execute" ? execute : Reflect.get(target, name)),
          });
          const [effect] = await onMembershipChanged(counting, client, { groupId });
          return { statements, people: effect?.count };
        }),
      );
      const [two, ten] = await Promise.all(counts);
      expect([two?.people, ten?.people]).toEqual([2, 10]);
      expect(ten?.statements).toBe(two?.statements);
    },
  );

  it("reaches no resource of another login method", async () => {
    const client = withSettings({ identity_update_behavior: "reauth" });
    const [one] = await people(client, 1);
    const other = scimClientFor(await insertLoginMethod(), client.settings);
    expect(await alter(other, [one?.id ?? ""])).toEqual([]);
  });

  it("of two groups at once, and with a push of the person, loses no group", async () => {
    const db = await database();
    const client = withSettings({ identity_update_behavior: "automatic" });
    const [one] = await people(client, 1);
    const id = one?.id ?? "";
    const names = ["A", "B", "C", "D", "E"];
    const groups = await Promise.all(names.map((name) => pushGroup(client, name)));
    await Promise.all([
      ...groups.map((groupId) =>
        db.transaction(async (tx) => {
          await addMembers(tx, groupId, [id]);
          await onMembershipChanged(tx, client, [id]);
        }),
      ),
      change(client, id, { attributes: { displayName: "Between" } }),
    ]);
    expect(await groupsOf(one?.userId ?? "")).toEqual(names);
    await db.delete(scimMembers).where(eq(scimMembers.userId, id));
  });
});

it("two resources that race for one person: one gets them, the other a row of its own", async () => {
  const client = withSettings({});
  const { userId, person, subject } = await enter(fresh());
  const made = await Promise.all([
    push(client, { userName: person.email }),
    push(client, { userName: fresh(), externalId: subject }),
  ]);
  expect(made.filter((one) => one.userId === userId)).toHaveLength(1);
  const db = await database();
  expect(await db.$count(users, eq(users.id, made[0].userId))).toBe(1);
});
