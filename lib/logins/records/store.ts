import "server-only";
import { and, desc, eq, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { logins } from "@/db/schema/logins";
import type { Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { AppError } from "@/lib/kit/errors";
import { readOutcome } from "@/lib/test-runs/present";
import { openTarget } from "../attempt";
import { type LoginRecord, MOST_FAILED_LOGINS } from "../schema";

const PIECE = 1_000;
/** As long as the Access log keeps the entries that lead here. */
const KEPT = sql`now() - interval '90 days'`;
/** Until then a late answer still learns that its time was over. */
const ABANDONED = sql`now() - interval '1 hour'`;

/** Where it led; nothing when it was sealed under another secret. */
function hostOf(id: string, sealed: string): string | null {
  try {
    return openTarget(id, sealed).host;
  } catch {
    return null;
  }
}

/** One login with its trace. AppError `not_found` when there is none, or it is no longer kept. */
export async function getLogin(_viewer: Viewer, id: string): Promise<LoginRecord> {
  const db = await database();
  const [row] = await db
    .select({
      login: logins,
      method: { name: loginMethods.name, kind: loginMethods.kind },
      application: { id: applications.id, name: applications.name },
    })
    .from(logins)
    .leftJoin(loginMethods, eq(loginMethods.id, logins.loginMethodId))
    .leftJoin(applications, eq(applications.id, logins.applicationId))
    .where(eq(logins.id, id));
  if (!row) {
    throw new AppError("not_found", "This login does not exist, or is no longer kept.", {
      fix: "Logins are kept for 90 days, and the newest 100,000 of those that failed.",
    });
  }
  const { login, method, application } = row;
  const { steps, diagnosis, warnings, identity } = readOutcome(login.outcome);
  return {
    id: login.id,
    ref: login.ref,
    status: login.status,
    loginMethod: {
      id: login.loginMethodId,
      name: method?.name ?? "A deleted login method",
      kind: method?.kind ?? "",
    },
    application,
    host: hostOf(login.id, login.target),
    ip: login.ip,
    userAgent: login.userAgent,
    startedAt: login.createdAt.toISOString(),
    finishedAt: login.finishedAt?.toISOString() ?? null,
    redirectUri: login.redirectUri,
    steps,
    diagnosis,
    warnings,
    identity,
  };
}

async function deletePieces(db: Queryable, which: SQL | undefined): Promise<void> {
  const piece = db.select({ id: logins.id }).from(logins).where(which).limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(logins).where(inArray(logins.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}

/**
 * Forgets logins that the Access log does not lead to any more, those that nobody went on with, and
 * of the failed ones all but the newest `most`: anybody can make these, and they must not fill the
 * disk. In pieces that hold no lock for long.
 */
export async function deleteOldLogins(
  _dataPlane: DataPlane,
  most = MOST_FAILED_LOGINS,
): Promise<void> {
  const db = await database();
  await deletePieces(db, lt(logins.createdAt, KEPT));
  await deletePieces(db, and(eq(logins.status, "waiting"), lt(logins.expiresAt, ABANDONED)));
  const isFailed = eq(logins.status, "failed");
  const newestTooMany = db
    .select({ at: logins.createdAt })
    .from(logins)
    .where(isFailed)
    .orderBy(desc(logins.createdAt))
    .offset(most)
    .limit(1);
  // Compared where it is: a Date is less exact than the column.
  await deletePieces(db, and(isFailed, lte(logins.createdAt, newestTooMany)));
}
