import "server-only";
import { and, eq, exists, gt, isNull, lt, sql } from "drizzle-orm";
import * as z from "zod";
import { database } from "@/db/client";
import { handoffs, sessions } from "@/db/schema/sessions";
import type { DataPlane } from "@/lib/kit/data-plane";
import { open, seal } from "@/lib/kit/master-key";
import { hashToken, randomToken } from "@/lib/kit/secrets";

/** Seconds from the team domain to the application's host: one redirect. */
const HOLDS_S = 60;

const carriedSchema = z.object({
  /** The application token. */
  token: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
  /** Value for the CF_Binding cookie, where the application wants one. */
  binding: z.string().nullable(),
});
/** What a handoff carries to the application's host. */
export type Carried = z.infer<typeof carriedSchema>;

export interface Handoff {
  sessionId: string;
  applicationId: string;
  /** Host, with its port, that may fetch it. */
  host: string;
  /** Hash of the CF_AppSession cookie of the browser that began. */
  browserHash: string;
}

const contextOf = (nonceHash: string): string => `handoff:${nonceHash}`;

/** Keeps an application token for the browser that fetches it; returns the one-time nonce. */
export async function makeHandoff(
  _dataPlane: DataPlane,
  handoff: Handoff,
  carried: Carried,
): Promise<string> {
  const nonce = randomToken();
  const nonceHash = hashToken(nonce);
  const db = await database();
  await db.insert(handoffs).values({
    nonceHash,
    ...handoff,
    sealed: seal(JSON.stringify(carried), contextOf(nonceHash)),
    expiresAt: sql`now() + make_interval(secs => ${HOLDS_S})`,
  });
  return nonce;
}

/**
 * Takes what a nonce stands for, once: for the application, host and browser that it was made for,
 * and while its session lives. Null for anything else; a nonce in the wrong hands is not used up.
 */
export async function spendHandoff(
  _dataPlane: DataPlane,
  nonce: string,
  { applicationId, host, browserHash }: Omit<Handoff, "sessionId">,
): Promise<Carried | null> {
  const db = await database();
  const nonceHash = hashToken(nonce);
  const live = db
    .select({ one: sql`1` })
    .from(sessions)
    .where(and(eq(sessions.id, handoffs.sessionId), isNull(sessions.revokedAt)));
  const [spent] = await db
    .delete(handoffs)
    .where(
      and(
        eq(handoffs.nonceHash, nonceHash),
        eq(handoffs.applicationId, applicationId),
        eq(handoffs.host, host),
        eq(handoffs.browserHash, browserHash),
        gt(handoffs.expiresAt, sql`now()`),
        exists(live),
      ),
    )
    .returning({ sealed: handoffs.sealed });
  if (!spent) return null;
  return carriedSchema.parse(JSON.parse(open(spent.sealed, contextOf(nonceHash))));
}

/** Those that nobody fetched. */
export async function deleteOldHandoffs(_dataPlane: DataPlane): Promise<void> {
  const db = await database();
  await db.delete(handoffs).where(lt(handoffs.expiresAt, sql`now()`));
}
