import "server-only";
import { eq, inArray, lt, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { logins } from "@/db/schema/logins";
import type { Viewer } from "@/lib/kit/actor";
import type { DataPlane } from "@/lib/kit/data-plane";
import { AppError } from "@/lib/kit/errors";
import { readOutcome } from "@/lib/test-runs/present";
import { openTarget } from "../attempt";
import type { LoginRecord } from "../schema";

const PIECE = 1_000;
/** As long as the Access log keeps the entries that lead here. */
const KEPT = sql`now() - interval '90 days'`;

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
      fix: "Logins are kept for 90 days.",
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

/** Forgets logins that the Access log does not lead to any more, in pieces that hold no lock for long. */
export async function deleteOldLogins(_dataPlane: DataPlane): Promise<void> {
  const db = await database();
  const piece = db
    .select({ id: logins.id })
    .from(logins)
    .where(lt(logins.createdAt, KEPT))
    .limit(PIECE);
  for (let gone = PIECE; gone === PIECE; ) {
    const deleted = await db.delete(logins).where(inArray(logins.id, piece));
    gone = deleted.rowCount ?? 0;
  }
}
