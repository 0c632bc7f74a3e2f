import "server-only";
import { and, eq, gt, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { signInThrottle as table } from "@/db/schema/admins";
import { AppError } from "@/lib/kit/errors";
import { throttleAddress } from "../client-address";
import { canonicalEmail } from "../schema";

interface Limit {
  /** Failures that cost nothing; from this one on, each doubles the wait. */
  free: number;
  /** Longest wait in minutes: an account must not be lockable for long by somebody else. */
  longest: number;
}

/** Doubling starts at one minute and stops before the exponent could overflow. */
const LIMITS = {
  account: { free: 5, longest: 15 },
  address: { free: 20, longest: 60 },
  link: { free: 20, longest: 60 },
} satisfies Record<string, Limit>;

/** A day after the first failure the count starts again. */
const FORGET = sql`interval '1 day'`;

export interface Attempt {
  account: string;
  address: string;
}

export const attemptBy = (email: string, ip: string | null): Attempt => ({
  account: `account:${canonicalEmail(email).slice(0, 254)}`,
  address: `address:${throttleAddress(ip)}`,
});

const minutesText = (minutes: number): string =>
  minutes === 1 ? "1 minute" : `${minutes} minutes`;

/**
 * Counts an attempt for one key unless the key is blocked. One statement, so that of any number of
 * parallel attempts only as many get through as the limit leaves.
 */
async function count(tx: Queryable, key: string, { free, longest }: Limit): Promise<boolean> {
  const expired = sql`${table.firstFailureAt} < now() - ${FORGET}`;
  const failures = sql`case when ${expired} then 1 else ${table.failures} + 1 end`;
  const minutes = sql`least(${longest}, power(2, least(${failures} - ${free}, 10)))`;
  const rows = await tx
    .insert(table)
    .values({ key, failures: 1, firstFailureAt: sql`now()` })
    .onConflictDoUpdate({
      target: table.key,
      set: {
        failures,
        firstFailureAt: sql`case when ${expired} then now() else ${table.firstFailureAt} end`,
        blockedUntil: sql`case when ${failures} >= ${free} then now() + ${minutes} * interval '1 minute' end`,
      },
      setWhere: or(isNull(table.blockedUntil), lte(table.blockedUntil, sql`now()`)),
    })
    .returning({ key: table.key });
  return rows.length > 0;
}

async function refuse(tx: Queryable, attempt: Attempt): Promise<never> {
  const [row] = await tx
    .select({
      minutes: sql<string>`greatest(1, ceil(extract(epoch from max(${table.blockedUntil}) - now()) / 60))`,
    })
    .from(table)
    .where(inArray(table.key, [attempt.account, attempt.address]));
  const wait = minutesText(Number(row?.minutes ?? 1));
  throw new AppError("rate_limited", `Too many attempts. Try again in ${wait}.`, {
    fix: "Gatehouse slows down guessing for every account and every address alike.",
  });
}

/**
 * Counts an attempt as failed before its password is looked at; `forgive` takes it back. Throws
 * AppError `rate_limited` while the account or the address is blocked, whether or not the account
 * exists.
 */
export async function countAttempt(attempt: Attempt): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    // Always the account first: two attempts never wait for each other's row.
    const allowed =
      (await count(tx, attempt.account, LIMITS.account)) &&
      (await count(tx, attempt.address, LIMITS.address));
    if (!allowed) await refuse(tx, attempt);
  });
}

const linkKey = (ip: string | null): string => `test-link:${throttleAddress(ip)}`;

/** Whether an address opened so many test links that do not exist that it must wait. */
export async function guessesTooMuch(ip: string | null): Promise<boolean> {
  const db = await database();
  const blocked = and(eq(table.key, linkKey(ip)), gt(table.blockedUntil, sql`now()`));
  return (await db.$count(table, blocked)) > 0;
}

/** Counts a test link that does not exist. */
export async function countGuess(ip: string | null): Promise<void> {
  await count(await database(), linkKey(ip), LIMITS.link);
}

/** After a right password: the account starts afresh, the address gets this one attempt back. */
export async function forgive(attempt: Attempt): Promise<void> {
  const db = await database();
  await db.delete(table).where(eq(table.key, attempt.account));
  const left = sql`${table.failures} - 1`;
  await db
    .update(table)
    .set({
      failures: left,
      blockedUntil: sql`case when ${left} < ${LIMITS.address.free} then null else ${table.blockedUntil} end`,
    })
    .where(eq(table.key, attempt.address));
  // Rows that say nothing any more; those in use are left to a later sweep.
  const idle = db
    .select({ key: table.key })
    .from(table)
    .where(
      and(
        or(lte(table.failures, 0), lt(table.firstFailureAt, sql`now() - ${FORGET}`)),
        or(isNull(table.blockedUntil), lt(table.blockedUntil, sql`now()`)),
      ),
    )
    .for("update", { skipLocked: true });
  await db.delete(table).where(inArray(table.key, idle));
}
