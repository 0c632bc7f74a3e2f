import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { revocations, sessions } from "@/db/schema/sessions";
import type { RevokedReason } from "../revoked-words";

/** Ids of users: some of them, or a query that finds them. */
export type People = readonly string[] | SQL;

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

const idsOf = (people: People): SQL =>
  Array.isArray(people) ? sql`select unnest(${sql.param(people)}::uuid[])` : sql`${people}`;

/** Locks the rows of users in the order of their ids, whoever they are, and waits for their logins. */
export async function lockUsers(tx: Queryable, people: People): Promise<void> {
  await tx.execute(sql`
    with locked as (
      select id from users where id in (${idsOf(people)}) order by id for no key update
    )
    select count(*) from locked`);
}

export interface Ended extends Record<string, unknown> {
  sessions: number;
  /** Names of applications that those sessions were open at, at most 20. */
  applications: string[];
}

/**
 * `endSessionsOf` for any number of people in two statements. Their rows must be locked before
 * (`lockUsers`). Says nothing about people without a session.
 */
export async function endSessionsOfAll(
  tx: Queryable,
  people: People,
  reason: RevokedReason,
): Promise<Ended> {
  const ids = idsOf(people);
  const { rows } = await tx.execute<Ended>(sql`
    with ended as (
      update sessions set revoked_at = clock_timestamp(), revoked_reason = ${reason}
      where user_id in (${ids}) and revoked_at is null and tokens_expire_at > clock_timestamp()
      returning id
    ), open_at as (
      select distinct a.name from session_applications t join applications a on a.id = t.application_id
      where t.session_id in (select id from ended) and t.expires_at > clock_timestamp()
      order by a.name limit 20
    )
    select (select count(*)::int from ended) as sessions,
      coalesce((select array_agg(name order by name) from open_at), '{}') as applications`);
  await tx.execute(sql`
    insert into revocations (kind, id, at, expires_at)
    select 'user', s.user_id, clock_timestamp(), max(s.tokens_expire_at) + ${SLACK}
    from sessions s
    where s.user_id in (${ids}) and s.tokens_expire_at > clock_timestamp()
    group by s.user_id order by s.user_id
    on conflict (kind, id) do update set at = greatest(revocations.at, excluded.at),
      expires_at = greatest(revocations.expires_at, excluded.expires_at)`);
  return rows[0] ?? { sessions: 0, applications: [] };
}
