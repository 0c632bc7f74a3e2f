import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { revocations, sessions } from "@/db/schema/sessions";

export type RevokedReason = "admin" | "disabled" | "removed" | "logout";

/** Beyond the last token: clocks of instances differ a little. */
const SLACK = sql`interval '5 minutes'`;

/** Says to every instance at once what is over; the row goes when no token can be alive. */
async function announce(tx: Queryable, kind: "session" | "user", id: string, whose: SQL) {
  const now = sql`clock_timestamp()`;
  const lastToken = sql`(select max(${sessions.tokensExpireAt}) from ${sessions} where ${whose})`;
  await tx
    .insert(revocations)
    .values({ kind, id, at: now, expiresAt: sql`greatest(${lastToken}, ${now}) + ${SLACK}` })
    .onConflictDoUpdate({
      target: [revocations.kind, revocations.id],
      set: {
        at: sql`greatest(${revocations.at}, excluded.at)`,
        expiresAt: sql`greatest(${revocations.expiresAt}, excluded.expires_at)`,
      },
    });
}

/** Ends one session, in the transaction of whoever asks. The user's row must be locked before. */
export async function endSession(tx: Queryable, id: string, reason: RevokedReason): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: sql`clock_timestamp()`, revokedReason: reason })
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)));
  await announce(tx, "session", id, eq(sessions.id, id));
}

/**
 * Ends every session that a user has at this moment, and answers how many those were. The user's row
 * must be locked before: then a login that is at work has either made its session, which ends here,
 * or makes it afterwards.
 */
export async function endSessionsOf(
  tx: Queryable,
  userId: string,
  reason: RevokedReason,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: sql`clock_timestamp()`, revokedReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)));
  await announce(tx, "user", userId, eq(sessions.userId, userId));
  return ended.rowCount ?? 0;
}
