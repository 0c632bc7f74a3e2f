import "server-only";
import { database, type Queryable } from "@/db/client";
import { ScimError } from "../scim-error";

/** What the stores of SCIM work in. */
export type ScimTransaction = Queryable;

/** PostgreSQL's words for "somebody was in the way, do it again": deadlock, serialization, lock not available. */
const AGAIN = new Set(["40P01", "40001"]);
const TRIES = 4;

/** Where PostgreSQL's own error is: Drizzle wraps it. */
function told(error: unknown): { code?: unknown; constraint?: unknown } {
  if (!(error instanceof Error)) return {};
  return "code" in error ? error : told(error.cause);
}

/** PostgreSQL's words for "gave up waiting": for a lock, or for the statement itself. */
const GAVE_UP = new Set(["55P03", "57014"]);

/** Whether somebody or something else was in the way for too long. */
export const isBusy = (error: unknown): boolean => GAVE_UP.has(String(told(error).code));

const TAKEN: Record<string, string> = {
  scim_users_user_name: "Another User has this userName.",
  scim_groups_display_name: "Another Group has this displayName.",
};

/** Two that took one name at the same moment: the second is refused as if it had come later. */
function asTaken(error: unknown): ScimError | null {
  const detail = TAKEN[String(told(error).constraint)];
  return detail ? new ScimError(409, detail, "uniqueness", { cause: error }) : null;
}

class RolledBack<T> extends Error {
  constructor(readonly outcome: T) {
    super("a dry run is rolled back");
  }
}

/**
 * Runs `work` in one transaction: all of it or nothing. A dry run does everything and takes it back.
 * Work that met a deadlock is done again, up to three times, so it must not touch anything else.
 */
export async function scimTransaction<T>(
  dryRun: boolean,
  work: (tx: ScimTransaction) => Promise<T>,
): Promise<T> {
  const db = await database();
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.transaction(async (tx) => {
        const outcome = await work(tx);
        if (dryRun) throw new RolledBack(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.outcome as T;
      if (tried >= TRIES || !AGAIN.has(String(told(error).code))) throw asTaken(error) ?? error;
    }
  }
}

/** For reads outside of a transaction. */
export const scimReads = (): Promise<ScimTransaction> => database();
