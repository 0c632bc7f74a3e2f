import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { admins, invitations } from "@/db/schema/admins";
import { useTestDatabase } from "@/db/testing";
import { auditQuerySchema } from "@/lib/audit/schema";
import { listChanges } from "@/lib/audit/store";
import type { Owner } from "@/lib/kit/actor";
import {
  acceptInvitation,
  inviteAdmin,
  listInvitations,
  readInvitation,
  revokeInvitation,
} from "./invitations/store";
import { changeRole, listAdmins, removeAdmin } from "./store";
import { firstOwner, joinAsOwner, keyOf, origin, PASSWORD } from "./testing";

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const invite = async (email: string) =>
  keyOf((await inviteAdmin(owner, { email, role: "admin" })).link);
const accept = (key: { id: string; secret: string }) =>
  acceptInvitation({ ...key, name: "Grace", password: PASSWORD }, origin());
const byEmail = async (email: string) =>
  (await listAdmins(owner)).filter((admin) => admin.email === email);

describe("an invitation", () => {
  it("makes one admin with the role that the owner chose, and is then used up", async () => {
    const key = await invite("grace@example.com");
    expect(await readInvitation(key)).toEqual({ email: "grace@example.com", role: "Admin" });
    await accept(key);
    expect(await byEmail("grace@example.com")).toMatchObject([{ role: "admin", name: "Grace" }]);
    await expect(accept(key)).rejects.toMatchObject({ code: "expired" });
    await expect(readInvitation(key)).rejects.toMatchObject({ code: "expired" });
  });

  it("is used once by a burst of people who have the link", async () => {
    const key = await invite("burst@example.com");
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(key)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await byEmail("burst@example.com")).toHaveLength(1);
  });

  it("ends after seven days", async () => {
    const key = await invite("late@example.com");
    const db = await database();
    const [row] = await db
      .select({ days: sql<string>`extract(epoch from ${invitations.expiresAt} - now()) / 86400` })
      .from(invitations)
      .where(eq(invitations.id, key.id));
    expect(Number(row?.days)).toBeCloseTo(7, 1);
    await db.update(invitations).set({ expiresAt: sql`now()` }).where(eq(invitations.id, key.id));
    await expect(accept(key)).rejects.toMatchObject({ code: "expired" });
    const listed = await listInvitations(owner);
    expect(listed.find(({ id }) => id === key.id)).toMatchObject({ expired: true });
  });

  it("can be revoked, once", async () => {
    const key = await invite("revoked@example.com");
    await revokeInvitation(owner, key.id);
    await expect(accept(key)).rejects.toMatchObject({ code: "expired" });
    await expect(revokeInvitation(owner, key.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("replaces an older one for the same person", async () => {
    const older = await invite("twice@example.com");
    const newer = await invite("twice@example.com");
    await expect(accept(older)).rejects.toMatchObject({ code: "expired" });
    await accept(newer);
  });

  it("is refused for somebody who is an admin already", async () => {
    await expect(invite("ada@example.com")).rejects.toMatchObject({
      code: "conflict",
      fields: { email: [expect.stringContaining("already")] },
    });
  });

  it("does not open with the secret of another", async () => {
    const one = await invite("one@example.com");
    const two = await invite("two@example.com");
    const crossed = { id: one.id, secret: two.secret };
    await expect(accept(crossed)).rejects.toMatchObject({ code: "expired" });
  });

  it("of an email that became an admin meanwhile leaves that admin alone", async () => {
    const key = await invite("race@example.com");
    const db = await database();
    await db
      .insert(admins)
      .values({ name: "First", email: "race@example.com", passwordHash: "-", role: "read_only" });
    await expect(accept(key)).rejects.toMatchObject({ code: "conflict" });
    expect(await byEmail("race@example.com")).toMatchObject([{ name: "First" }]);
  });

  it("cannot be used to come back with the same link after being removed", async () => {
    const key = await invite("back@example.com");
    const { id } = await accept(key);
    await removeAdmin(owner, id);
    await expect(accept(key)).rejects.toMatchObject({ code: "expired" });
  });

  it.each([
    ["removed", (id: string) => removeAdmin(owner, id)],
    ["an owner no more", (id: string) => changeRole(owner, id, "read_only")],
  ])("back door: ends when the owner who made it is %s", async (_what, end) => {
    const other = await joinAsOwner(owner);
    const email = `second-self-${randomUUID()}@example.com`;
    const key = keyOf((await inviteAdmin(other, { email, role: "owner" })).link);
    await end(other.id);
    await expect(accept(key)).rejects.toMatchObject({ code: "expired" });
    const { entries } = await listChanges(owner, auditQuerySchema.parse({ q: email }));
    expect(entries.map(({ action }) => action)).toContain("admin.revoke_invitation");
  });

  it("back door: is not made by somebody who is an owner no more", async () => {
    const other = await joinAsOwner(owner);
    await changeRole(owner, other.id, "admin");
    const late = inviteAdmin(other, { email: "late-owner@example.com", role: "owner" });
    await expect(late).rejects.toMatchObject({ code: "forbidden" });
  });

  it("keeps its secret out of the database and out of the path of the link", async () => {
    const { link } = await inviteAdmin(owner, { email: "kept@example.com", role: "admin" });
    const { secret } = keyOf(link);
    const db = await database();
    const dump = JSON.stringify([await db.select().from(invitations)]);
    expect(dump).not.toContain(secret);
    expect(link.split("#")[0]).not.toContain(secret);
    expect(secret).toHaveLength(43);
  });
});
