import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { admins, invitations } from "@/db/schema/admins";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Owner, Role, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { SessionSubject } from "./credentials/store";
import type { AdminSummary } from "./schema";

/** The admin whom a session stands for, as the database knows them now; null when it is over. */
export async function sessionAdmin({
  id,
  epoch,
}: SessionSubject): Promise<{ id: string; name: string; email: string; role: Role } | null> {
  const db = await database();
  const [found] = await db
    .select({ id: admins.id, name: admins.name, email: admins.email, role: admins.role })
    .from(admins)
    .where(and(eq(admins.id, id), eq(admins.sessionEpoch, epoch)));
  return found ?? null;
}

export async function listAdmins(_viewer: Viewer): Promise<AdminSummary[]> {
  const db = await database();
  const rows = await db
    .select({
      id: admins.id,
      name: admins.name,
      email: admins.email,
      role: admins.role,
      createdAt: admins.createdAt,
      lastSignInAt: admins.lastSignInAt,
    })
    .from(admins)
    .orderBy(asc(admins.createdAt), asc(admins.id));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  }));
}

/**
 * Makes an admin. AppError `conflict` when there is one with this email, also when both come at
 * once. For the ways in that have proved themselves by an invitation or a set-up token.
 */
export async function insertAdmin(
  tx: Queryable,
  values: typeof admins.$inferInsert,
): Promise<SessionSubject> {
  const [made] = await tx
    .insert(admins)
    .values(values)
    .onConflictDoNothing()
    .returning({ id: admins.id, epoch: admins.sessionEpoch });
  if (made) return made;
  const message = `${values.email} is an admin already`;
  throw new AppError("conflict", message, {
    fix: "Sign in with that email instead.",
    fields: { email: [message] },
  });
}

/**
 * Takes the lock on who the owners are: of two changes at once, the second sees what the first did.
 * Throws when the one who asks is an owner no more.
 */
export async function lockOwners(tx: Queryable, owner: Owner): Promise<string[]> {
  const rows = await tx
    .select({ id: admins.id })
    .from(admins)
    .where(eq(admins.role, "owner"))
    .orderBy(asc(admins.id))
    .for("update");
  const owners = rows.map(({ id }) => id);
  if (!owners.includes(owner.id)) {
    throw new AppError("forbidden", "You are no longer an owner.", {
      fix: "Ask an owner to do this.",
    });
  }
  return owners;
}

async function adminFor(tx: Queryable, id: string) {
  const [found] = await tx
    .select({ name: admins.name, email: admins.email, role: admins.role })
    .from(admins)
    .where(eq(admins.id, id))
    .for("update");
  if (!found) {
    throw new AppError("not_found", "This admin no longer exists.", {
      fix: "Reload the page to see who the admins are now.",
    });
  }
  return found;
}

const lastOwner = () =>
  new AppError("conflict", "Gatehouse needs at least one owner, and this is the last one.", {
    fix: "Make somebody else an owner first.",
  });

/** An owner who is one no more must not come back by a link that they made for themselves before. */
async function revokeInvitationsOf(tx: Queryable, owner: Owner, id: string): Promise<void> {
  const gone = await tx
    .delete(invitations)
    .where(and(eq(invitations.invitedBy, id), isNull(invitations.usedAt)))
    .returning({ id: invitations.id, email: invitations.email, role: invitations.role });
  for (const { id: invitation, ...what } of gone) {
    await recordChange(tx, owner, {
      action: "admin.revoke_invitation",
      target: { type: "invitation", id: invitation, name: what.email },
      changes: diffOf(what, null),
    });
  }
}

export async function changeRole(owner: Owner, id: string, role: Role): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const owners = await lockOwners(tx, owner);
    const before = await adminFor(tx, id);
    if (before.role === role) return;
    if (owners.length === 1 && owners[0] === id) throw lastOwner();
    await tx.update(admins).set({ role }).where(eq(admins.id, id));
    if (role !== "owner") await revokeInvitationsOf(tx, owner, id);
    await recordChange(tx, owner, {
      action: "admin.role",
      target: { type: "admin", id, name: before.name },
      changes: diffOf({ role: before.role }, { role }),
    });
  });
}

/** Removes an admin; their sessions and invitations are over with the same stroke. */
export async function removeAdmin(owner: Owner, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const owners = await lockOwners(tx, owner);
    const before = await adminFor(tx, id);
    if (owners.length === 1 && owners[0] === id) throw lastOwner();
    await revokeInvitationsOf(tx, owner, id);
    await tx.delete(admins).where(eq(admins.id, id));
    await recordChange(tx, owner, {
      action: "admin.remove",
      target: { type: "admin", id, name: before.name },
      changes: diffOf(before, null),
    });
  });
}

/** Changes one's own name. */
export async function renameSelf(viewer: Viewer, name: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const before = await adminFor(tx, viewer.id);
    if (before.name === name) return;
    await tx.update(admins).set({ name }).where(eq(admins.id, viewer.id));
    await recordChange(tx, viewer, {
      action: "admin.rename",
      target: { type: "admin", id: viewer.id, name },
      changes: diffOf({ name: before.name }, { name }),
    });
  });
}
