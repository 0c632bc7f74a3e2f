import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { recordChange } from "@/lib/audit/store";
import type { Origin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { hashPassword, passwordMatches } from "../password";
import { passwordIssue } from "../password-rules";
import { canonicalEmail } from "../schema";
import { attemptBy, countAttempt, forgive } from "../throttle/store";

/** What a console session stands for: an admin, as of one password. */
export interface SessionSubject {
  id: string;
  epoch: number;
}

const wrongCredentials = () =>
  new AppError("unauthenticated", "That email and password do not go together.", {
    fix: "Check both and try again. If you have forgotten the password, ask an owner to remove you and invite you again.",
  });

/**
 * Checks an email and a password. Throws AppError `unauthenticated` for a wrong pair and for an
 * unknown account alike, after the same work, and `rate_limited` after too many of them.
 */
export async function signInWithPassword(
  email: string,
  password: string,
  from: Origin,
): Promise<SessionSubject> {
  const attempt = attemptBy(email, from.ip);
  await countAttempt(attempt);
  const db = await database();
  const [found] = await db
    .select({
      id: admins.id,
      name: admins.name,
      hash: admins.passwordHash,
      epoch: admins.sessionEpoch,
    })
    .from(admins)
    .where(eq(sql`lower(${admins.email})`, canonicalEmail(email)));
  if (!(await passwordMatches(found?.hash ?? null, password)) || !found) {
    log.warn({ ip: from.ip, requestId: from.requestId }, "an admin sign-in failed");
    throw wrongCredentials();
  }
  await forgive(attempt);
  const { id, name, epoch } = found;
  await db.transaction(async (tx) => {
    await tx.update(admins).set({ lastSignInAt: sql`now()` }).where(eq(admins.id, id));
    await recordChange(
      tx,
      { id, name, from },
      { action: "admin.sign_in", target: { type: "admin", id, name } },
    );
  });
  return { id, epoch };
}

/**
 * Changes one's own password and ends every session of the account. Answers what a new session for
 * the browser at hand stands for. Wrong current passwords count as failed sign-ins.
 */
export async function changePassword(
  viewer: Viewer,
  { current, password }: { current: string; password: string },
): Promise<SessionSubject> {
  const issue = passwordIssue(password, viewer.email);
  if (issue) throw new AppError("invalid_input", issue, { fields: { password: [issue] } });
  const attempt = attemptBy(viewer.email, viewer.from.ip);
  await countAttempt(attempt);
  const db = await database();
  const [found] = await db
    .select({ hash: admins.passwordHash })
    .from(admins)
    .where(eq(admins.id, viewer.id));
  if (!(await passwordMatches(found?.hash ?? null, current))) {
    const message = "This is not your current password";
    throw new AppError("invalid_input", message, { fields: { current: [message] } });
  }
  await forgive(attempt);
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(admins)
      .set({ passwordHash, sessionEpoch: sql`${admins.sessionEpoch} + 1` })
      // Of two changes at once, the second was checked against a password that is gone.
      .where(and(eq(admins.id, viewer.id), eq(admins.passwordHash, found?.hash ?? "")))
      .returning({ epoch: admins.sessionEpoch });
    if (!changed) throw new AppError("conflict", "The password was changed elsewhere meanwhile.");
    await recordChange(tx, viewer, {
      action: "admin.password",
      target: { type: "admin", id: viewer.id, name: viewer.name },
      changes: [{ path: "password", before: null, after: "changed" }],
    });
    return { id: viewer.id, epoch: changed.epoch };
  });
}

/** Ends every session of the account; answers what a new one for this browser stands for. */
export async function endSessions(viewer: Viewer): Promise<SessionSubject> {
  const db = await database();
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(admins)
      .set({ sessionEpoch: sql`${admins.sessionEpoch} + 1` })
      .where(eq(admins.id, viewer.id))
      .returning({ epoch: admins.sessionEpoch });
    if (!changed) throw new AppError("not_found", "This admin no longer exists.");
    await recordChange(tx, viewer, {
      action: "admin.end_sessions",
      target: { type: "admin", id: viewer.id, name: viewer.name },
    });
    return { id: viewer.id, epoch: changed.epoch };
  });
}
