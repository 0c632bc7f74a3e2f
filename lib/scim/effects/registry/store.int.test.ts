import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { sessionApplications } from "@/db/schema/sessions";
import { useTestDatabase } from "@/db/testing";
import { insertApplication, insertLoginMethod, insertSession } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import type { Owner, ScimClient } from "@/lib/kit/actor";
import { removeLoginMethod } from "@/lib/login-methods/store";
import { userQuerySchema } from "@/lib/users/query";
import { getUser, listUsers } from "@/lib/users/store";
import { change, DEPROVISION, push, pushGroup, scimClientFor } from "../testing/store";
import { previewDeprovision, pushedPerson } from "./store";

useTestDatabase();

let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const address = () => `bob-${randomUUID().slice(0, 8)}@example.com`;

/** Somebody with a session at an application, whose login method has the given SCIM settings. */
async function signedIn(settings: Partial<ScimClient["settings"]> = {}, enabled = true) {
  const db = await database();
  const email = address();
  const session = await insertSession(email);
  const scim = { ...DEPROVISION, enabled, ...settings };
  const { loginMethodId: id } = session;
  const [row] = await db
    .update(loginMethods)
    .set({ scim })
    .where(eq(loginMethods.id, id))
    .returning();
  const application = await insertApplication();
  const until = { issuedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
  const at = { sessionId: session.id, applicationId: application.id, host: "wiki.example.com" };
  await db.insert(sessionApplications).values({ ...at, ...until });
  const client = scimClientFor({ id, name: row?.name ?? "", kind: "oidc" }, scim);
  return { email, userId: session.userId, client, application };
}
const list = async (query: Record<string, string>) =>
  (await listUsers(owner, userQuerySchema.parse(query))).users.map(({ email }) => email);

describe("the preview of a deactivation", () => {
  it("says what ends, and is what a deactivation then does", async () => {
    const { email, userId, client, application } = await signedIn();
    const { id } = await push(client, { userName: email });
    const preview = await previewDeprovision(owner, userId);
    expect(preview).toMatchObject({
      ...{ sessions: 1, seats: 1, others: [] },
      applications: [{ id: application.id, name: application.name, sessions: 1 }],
      pushed: { id, active: true },
      settings: { user_deprovision: true, seat_deprovision: true },
    });
    expect(await getUser(owner, userId)).toMatchObject({ sessions: 1, seat: true });
    expect(await change(client, id, { active: false })).toMatchObject([
      { kind: "sessions_ended", count: preview?.sessions, applications: [application.name] },
      { kind: "seat_freed", count: preview?.seats },
      { kind: "kept_out" },
    ]);
  });

  it("finds nothing to end for somebody whom nobody pushes", async () => {
    const { userId } = await signedIn();
    expect(await previewDeprovision(owner, userId)).toMatchObject({ pushed: null, sessions: 0 });
  });

  it("is not there while the login method has no SCIM", async () => {
    const { userId } = await signedIn({}, false);
    expect(await previewDeprovision(owner, userId)).toBeNull();
  });
});

describe("the registry", () => {
  it("tells who is pushed, who never signed in, and whom the provider deactivated", async () => {
    const { email, userId, client } = await signedIn();
    const pushed = await push(client, { userName: email, attributes: { title: "Captain" } });
    const groupId = await pushGroup(client, "Deck", [pushed.id]);
    const unseen = await push(client, { userName: address() });
    const left = await push(client, { userName: address(), active: false });
    const outsider = await signedIn();
    expect(await pushedPerson(owner, userId)).toMatchObject({
      ...{ id: pushed.id, userName: email, active: true, attributes: { title: "Captain" } },
      groups: [{ id: groupId, name: "Deck" }],
    });
    expect(await pushedPerson(owner, outsider.userId)).toBeNull();
    const method = client.loginMethodId;
    const [unseenEmail, leftEmail] = await Promise.all(
      [unseen, left].map(async ({ userId: id }) => (await getUser(owner, id)).email),
    );
    expect((await list({ method, source: "scim" })).sort()).toEqual(
      [email, unseenEmail, leftEmail].sort(),
    );
    expect(await list({ method: outsider.client.loginMethodId, source: "login" })).toEqual([
      outsider.email,
    ]);
    expect(await list({ method, state: "deactivated" })).toEqual([leftEmail]);
    expect(await list({ method, state: "enabled" })).not.toContain(leftEmail);
    expect((await list({ method, state: "unclaimed" })).sort()).toEqual(
      [unseenEmail, leftEmail].sort(),
    );
    expect(await getUser(owner, left.userId)).toMatchObject({ deactivated: true, unclaimed: true });
  });

  it("loses who was only pushed with their login method, and keeps who signed in", async () => {
    const { email, userId, client } = await signedIn();
    await push(client, { userName: email });
    const unseen = await push(client, { userName: address() });
    await removeLoginMethod(owner, client.loginMethodId);
    expect(await getUser(owner, userId)).toMatchObject({ source: "login" });
    await expect(getUser(owner, unseen.userId)).rejects.toMatchObject({ code: "not_found" });
    expect(await previewDeprovision(owner, userId)).toBeNull();
  });
});

it("a preview for another method's user with the same name does not mix them", async () => {
  const { email, client } = await signedIn();
  const other = await insertLoginMethod();
  await push(client, { userName: email });
  const made = await push(scimClientFor(other), { userName: email });
  expect(await previewDeprovision(owner, made.userId)).toBeNull();
});
