import "server-only";
import { and, eq, exists, gt, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { testLinks } from "@/db/schema/test-links";
import { testRuns } from "@/db/schema/test-runs";
import { asAdmin, viewerOf } from "@/lib/admins/capability";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Origin } from "@/lib/kit/actor";
import { hashToken, sameText } from "@/lib/kit/secrets";
import { toTestRun } from "@/lib/test-runs/present";
import type { TestRun } from "@/lib/test-runs/schema";
import { nameOf } from "../store";

/**
 * What whoever holds a link may do with it. Nobody is signed in here: the token stands for the link,
 * and the link for its maker, for one run. The maker's role is looked at anew each time.
 */
export interface Invitation {
  /** Who asks. */
  maker: string;
  /** Name of the login method. */
  provider: string;
  expiresAt: Date;
}

/** A link that was revoked, or whose maker may not test any more, looks like one that never was. */
export type DeadLink = { kind: "used" } | { kind: "expired" } | { kind: "unknown" };

const makerMayTest = (tx: Queryable): SQL =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(admins)
      .where(and(eq(admins.id, testLinks.createdBy), inArray(admins.role, ["owner", "admin"]))),
  );

const subjectIsThere = (tx: Queryable): SQL | undefined => {
  const one = { one: sql`1` };
  const method = tx
    .select(one)
    .from(loginMethods)
    .where(eq(loginMethods.id, testLinks.loginMethodId));
  const draft = tx
    .select(one)
    .from(loginMethodDrafts)
    .where(
      and(eq(loginMethodDrafts.id, testLinks.draftId), gt(loginMethodDrafts.expiresAt, sql`now()`)),
    );
  return or(and(isNull(testLinks.draftId), exists(method)), exists(draft));
};

const valid = (tx: Queryable, tokenHash: string) =>
  and(
    eq(testLinks.tokenHash, tokenHash),
    isNull(testLinks.revokedAt),
    makerMayTest(tx),
    subjectIsThere(tx),
  );

const link = {
  id: testLinks.id,
  loginMethodId: testLinks.loginMethodId,
  draftId: testLinks.draftId,
  createdBy: testLinks.createdBy,
  maker: testLinks.createdByName,
  expiresAt: testLinks.expiresAt,
};

async function whyDead(tx: Queryable, tokenHash: string): Promise<DeadLink> {
  const [row] = await tx
    .select({ usedAt: testLinks.usedAt })
    .from(testLinks)
    .where(valid(tx, tokenHash));
  if (!row) return { kind: "unknown" };
  return row.usedAt ? { kind: "used" } : { kind: "expired" };
}

const open = (tx: Queryable, tokenHash: string) =>
  and(valid(tx, tokenHash), isNull(testLinks.usedAt), gt(testLinks.expiresAt, sql`now()`));

/** Looks at a link and spends nothing. */
export async function lookAtLink(
  token: string,
): Promise<{ kind: "open"; invitation: Invitation } | DeadLink> {
  const db = await database();
  const tokenHash = hashToken(token);
  const [row] = await db.select(link).from(testLinks).where(open(db, tokenHash));
  if (!row) return whyDead(db, tokenHash);
  const { maker, expiresAt } = row;
  return { kind: "open", invitation: { maker, provider: await nameOf(db, row), expiresAt } };
}

export interface ClaimedLink {
  id: string;
  loginMethodId: string;
  draftId: string | null;
  /** Name of the login method. */
  provider: string;
  /** Stands for the admin who made the link, as the database knows them now. */
  maker: Admin;
}

/** Spends a link. Of any number of visits at once, one wins. */
export async function claimLink(
  token: string,
  from: Origin,
): Promise<{ kind: "claimed"; link: ClaimedLink } | DeadLink> {
  const db = await database();
  const tokenHash = hashToken(token);
  return db.transaction(async (tx) => {
    const [won] = await tx
      .update(testLinks)
      .set({ usedAt: sql`now()` })
      .where(open(tx, tokenHash))
      .returning(link);
    if (!won) return whyDead(tx, tokenHash);
    const [admin] = await tx
      .select({ id: admins.id, name: admins.name, email: admins.email, role: admins.role })
      .from(admins)
      .where(eq(admins.id, won.createdBy ?? ""))
      .for("key share");
    if (!admin) throw new Error("a link was claimed without its maker");
    const { id, loginMethodId, draftId } = won;
    const provider = await nameOf(tx, won);
    const maker = asAdmin(viewerOf(admin, from));
    return { kind: "claimed", link: { id, loginMethodId, draftId, provider, maker } };
  });
}

/** Gives back a link whose test could not begin. */
export async function releaseLink({ id }: ClaimedLink): Promise<void> {
  const db = await database();
  await db
    .update(testLinks)
    .set({ usedAt: null })
    .where(and(eq(testLinks.id, id), isNull(testLinks.runId)));
}

/** Notes the run that a link began, also in the Admin log. */
export async function noteRun(link: ClaimedLink, runId: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    await tx.update(testLinks).set({ runId }).where(eq(testLinks.id, link.id));
    const { maker, loginMethodId, provider } = link;
    await recordChange(
      tx,
      { id: null, name: `Whoever has a test link of ${maker.name}`, from: maker.from },
      {
        action: "test_link.use",
        target: { type: "login_method", id: loginMethodId, name: provider },
        changes: [{ path: "link", before: null, after: link.id }],
      },
    );
  });
}

/**
 * A run that a link began, for the browser that ran it: `cookie` is what it was bound with. Null for
 * anyone else, and for runs of the console.
 */
export async function visitorRun(
  runId: string,
  cookie: string | undefined,
): Promise<{ run: TestRun; clientId: string | null } | null> {
  const db = await database();
  const [row] = await db
    .select({
      id: testRuns.id,
      loginMethodId: testRuns.loginMethodId,
      loginMethodName: testRuns.name,
      loginMethodKind: testRuns.kind,
      draftId: testRuns.draftId,
      linkId: testRuns.linkId,
      fingerprint: testRuns.fingerprint,
      version: testRuns.loginMethodVersion,
      startedBy: testRuns.startedByName,
      status: testRuns.status,
      left: sql<boolean>`true`,
      browserHash: testRuns.browserHash,
      clientId: sql<string | null>`${testRuns.settings} ->> 'client_id'`,
      redirectUri: testRuns.redirectUri,
      outcome: testRuns.outcome,
      createdAt: testRuns.createdAt,
      expiresAt: testRuns.expiresAt,
      finishedAt: testRuns.finishedAt,
      now: sql`now()`.mapWith(testRuns.createdAt),
    })
    .from(testRuns)
    .where(and(eq(testRuns.id, runId), isNotNull(testRuns.linkId)));
  if (!row?.browserHash || cookie === undefined) return null;
  const { browserHash, clientId, ...rest } = row;
  return sameText(browserHash, hashToken(cookie)) ? { run: toTestRun(rest), clientId } : null;
}
