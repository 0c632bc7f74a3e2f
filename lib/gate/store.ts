import "server-only";
import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { type Listener, listen } from "@/db/listen";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { pageTemplates } from "@/db/schema/page-templates";
import { policies, ruleGroups } from "@/db/schema/policies";
import { serviceTokens } from "@/db/schema/service-tokens";
import { revocations, sessionApplications, sessions } from "@/db/schema/sessions";
import { signingKeys } from "@/db/schema/signing-keys";
import { team } from "@/db/schema/team";
import { users } from "@/db/schema/users";
import type { DataPlane } from "@/lib/kit/data-plane";

/** The channel of the triggers in db/migrations/0002. */
const CHANNEL = "gatehouse_gate";

const liveKeys = (tx: Queryable) =>
  tx
    .select({
      kid: signingKeys.kid,
      publicJwk: signingKeys.publicJwk,
      certificate: signingKeys.certificate,
      createdAt: signingKeys.createdAt,
      retiredAt: signingKeys.retiredAt,
      expiresAt: signingKeys.expiresAt,
    })
    .from(signingKeys)
    .where(or(isNull(signingKeys.expiresAt), gt(signingKeys.expiresAt, sql`clock_timestamp()`)));

const methods = (tx: Queryable) =>
  tx
    .select({
      id: loginMethods.id,
      name: loginMethods.name,
      kind: loginMethods.kind,
      enabled: loginMethods.enabled,
    })
    .from(loginMethods);

/** All of the configuration as of one moment: rows as they are stored. */
export async function readConfiguration(_dataPlane: DataPlane) {
  const db = await database();
  return db.transaction(
    async (tx) => ({
      team: (await tx.select().from(team))[0] ?? null,
      // Of two that cover an address alike, the older one has it, at every instance.
      applications: await tx
        .select()
        .from(applications)
        .orderBy(asc(applications.createdAt), asc(applications.id)),
      links: await tx
        .select()
        .from(applicationPolicies)
        .orderBy(asc(applicationPolicies.precedence)),
      policies: await tx.select().from(policies),
      groups: await tx.select().from(ruleGroups),
      loginMethods: await methods(tx),
      serviceTokens: await tx.select().from(serviceTokens),
      keys: await liveKeys(tx),
      templates: await tx
        .select({ id: pageTemplates.id, html: pageTemplates.html })
        .from(pageTemplates),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
export type Configuration = Awaited<ReturnType<typeof readConfiguration>>;

/** Everything that was revoked and that a token may still be about. */
export async function readRevocations(_dataPlane: DataPlane) {
  const db = await database();
  return db
    .select({ kind: revocations.kind, id: revocations.id, at: revocations.at })
    .from(revocations)
    .where(gt(revocations.expiresAt, sql`clock_timestamp()`));
}

/**
 * A session for as long as tokens of it may live, with what its external evaluations answered by
 * application. Null when it has ended or its user is disabled or gone.
 */
export async function readSession(_dataPlane: DataPlane, id: string) {
  const db = await database();
  const [session] = await db
    .select({
      id: sessions.id,
      userId: sessions.userId,
      loginMethodId: sessions.loginMethodId,
      identity: sessions.identity,
      ip: sessions.ip,
      country: sessions.country,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      tokensExpireAt: sessions.tokensExpireAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.revokedAt),
        isNull(users.disabledAt),
        gt(sessions.tokensExpireAt, sql`clock_timestamp()`),
      ),
    );
  if (!session) return null;
  const answers = await db
    .select({
      applicationId: sessionApplications.applicationId,
      external: sessionApplications.external,
    })
    .from(sessionApplications)
    .where(eq(sessionApplications.sessionId, id));
  return { ...session, answers };
}
export type SessionRow = NonNullable<Awaited<ReturnType<typeof readSession>>>;

/** Hears of every commit that changes what the gate knows, until it is stopped. */
export const hearChanges = (_dataPlane: DataPlane, listener: Listener): { stop(): void } =>
  listen(CHANNEL, listener);
