import "server-only";
import { randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { admins, invitations } from "@/db/schema/admins";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Origin, Owner, Role, Viewer } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import { hashToken } from "@/lib/kit/secrets";
import type { SessionSubject } from "../credentials/store";
import { hashPassword } from "../password";
import { passwordIssue } from "../password-rules";
import { type InvitationKey, type InvitationSummary, ROLE_WORDS } from "../schema";
import { insertAdmin, lockOwners } from "../store";

const DAYS = 7;

async function refuseKnown(tx: Queryable, email: string): Promise<void> {
  const [known] = await tx
    .select({ id: admins.id })
    .from(admins)
    .where(eq(sql`lower(${admins.email})`, email));
  if (!known) return;
  const message = `${email} is an admin already. Change the role in the list instead`;
  throw new AppError("conflict", message, { fields: { email: [message] } });
}

/**
 * Makes the one-time link of a new invitation; an older one for the same address is void. The
 * secret stands in the fragment, which no server or proxy log sees, and only its hash is kept.
 */
export async function inviteAdmin(
  owner: Owner,
  { email, role }: { email: string; role: Role },
): Promise<{ link: string; expiresAt: string }> {
  const secret = randomBytes(32).toString("base64url");
  const db = await database();
  return db.transaction(async (tx) => {
    await lockOwners(tx, owner);
    await refuseKnown(tx, email);
    await tx
      .delete(invitations)
      .where(and(eq(invitations.email, email), isNull(invitations.usedAt)));
    const [made] = await tx
      .insert(invitations)
      .values({
        tokenHash: hashToken(secret),
        email,
        role,
        invitedBy: owner.id,
        expiresAt: sql`now() + ${DAYS} * interval '1 day'`,
      })
      .returning({ id: invitations.id, expiresAt: invitations.expiresAt });
    if (!made) throw new Error("the invitation was not stored");
    await recordChange(tx, owner, {
      action: "admin.invite",
      target: { type: "invitation", id: made.id, name: email },
      changes: diffOf(null, { email, role }),
    });
    return {
      link: `${env().url}/invite/${made.id}#${secret}`,
      expiresAt: made.expiresAt.toISOString(),
    };
  });
}

/** Invitations that nobody has used. */
export async function listInvitations(_viewer: Viewer): Promise<InvitationSummary[]> {
  const db = await database();
  const rows = await db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      expired: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .where(isNull(invitations.usedAt))
    .orderBy(desc(invitations.createdAt));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

export async function revokeInvitation(owner: Owner, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(invitations)
      .where(and(eq(invitations.id, id), isNull(invitations.usedAt)))
      .returning({ email: invitations.email, role: invitations.role });
    if (!gone) {
      throw new AppError("not_found", "This invitation was used or revoked already.", {
        fix: "Reload the page. If it was used, remove the admin instead.",
      });
    }
    await recordChange(tx, owner, {
      action: "admin.revoke_invitation",
      target: { type: "invitation", id, name: gone.email },
      changes: diffOf(gone, null),
    });
  });
}

const open = ({ id, secret }: InvitationKey) =>
  and(
    eq(invitations.id, id),
    eq(invitations.tokenHash, hashToken(secret)),
    isNull(invitations.usedAt),
    gt(invitations.expiresAt, sql`now()`),
  );

const notOpen = () =>
  new AppError("expired", "This invitation does not work any more, or the link is not complete.", {
    fix: "An invitation works once, for 7 days. Copy the whole link, or ask an owner for a new one.",
  });

/** Whom an invitation is for. AppError `expired` when it is used, revoked, too old or not known. */
export async function readInvitation(key: InvitationKey): Promise<{ email: string; role: string }> {
  const db = await database();
  const [found] = await db
    .select({ email: invitations.email, role: invitations.role })
    .from(invitations)
    .where(open(key));
  if (!found) throw notOpen();
  return { email: found.email, role: ROLE_WORDS[found.role].label };
}

/** Uses an invitation, once: makes the admin and answers what their first session stands for. */
export async function acceptInvitation(
  { name, password, ...key }: InvitationKey & { name: string; password: string },
  from: Origin,
): Promise<SessionSubject> {
  const { email } = await readInvitation(key);
  const issue = passwordIssue(password, email);
  if (issue) throw new AppError("invalid_input", issue, { fields: { password: [issue] } });
  const passwordHash = await hashPassword(password);
  const db = await database();
  return db.transaction(async (tx) => {
    const [used] = await tx
      .update(invitations)
      .set({ usedAt: sql`now()` })
      .where(open(key))
      .returning({ email: invitations.email, role: invitations.role });
    if (!used) throw notOpen();
    const made = await insertAdmin(tx, { name, ...used, passwordHash, lastSignInAt: new Date() });
    await recordChange(
      tx,
      { id: made.id, name, from },
      {
        action: "admin.join",
        target: { type: "admin", id: made.id, name },
        changes: diffOf(null, { name, ...used }),
      },
    );
    return made;
  });
}
