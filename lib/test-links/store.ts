import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { testLinks } from "@/db/schema/test-links";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { installation } from "@/lib/team/store";
import { testLinkUrl } from "./address";
import {
  type LinkState,
  MAX_OPEN_LINKS,
  type MadeLink,
  type MakeLink,
  type TestLinkSummary,
} from "./schema";

const KEPT = sql`interval '30 days'`;
/** A sign-in that begins in the last minute must still find its settings. */
const GRACE = sql`interval '15 minutes'`;

/** The name of what the link tries. Keeps a draft for as long as the link holds. */
async function subjectName(tx: Queryable, input: MakeLink): Promise<string> {
  const { loginMethodId, draftId, hours } = input;
  if (draftId === null) {
    const [method] = await tx
      .select({ name: loginMethods.name })
      .from(loginMethods)
      .where(eq(loginMethods.id, loginMethodId))
      .for("key share");
    if (!method) throw new AppError("not_found", "That login method no longer exists.");
    return method.name;
  }
  const wanted = sql`now() + ${hours} * interval '1 hour' + ${GRACE}`;
  const [draft] = await tx
    .update(loginMethodDrafts)
    .set({ expiresAt: sql`greatest(${loginMethodDrafts.expiresAt}, ${wanted})` })
    .where(
      and(
        eq(loginMethodDrafts.id, draftId),
        eq(loginMethodDrafts.loginMethodId, loginMethodId),
        gt(loginMethodDrafts.expiresAt, sql`now()`),
      ),
    )
    .returning({ name: loginMethodDrafts.name });
  if (draft) return draft.name;
  throw new AppError("not_found", "These unsaved settings are no longer kept.", {
    fix: "Close this, and choose Share test link again.",
  });
}

async function refuseTooMany(tx: Queryable, loginMethodId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`test-links:${loginMethodId}`}, 0))`,
  );
  const open = await tx.$count(
    testLinks,
    and(
      eq(testLinks.loginMethodId, loginMethodId),
      isNull(testLinks.usedAt),
      isNull(testLinks.revokedAt),
      gt(testLinks.expiresAt, sql`now()`),
    ),
  );
  if (open < MAX_OPEN_LINKS) return;
  throw new AppError(
    "conflict",
    `This login method has ${MAX_OPEN_LINKS} links that nobody has used yet, which is as many as it may have.`,
    { fix: "Revoke some on its Tests page, or wait until they expire." },
  );
}

/** Makes a link for one test. The address is in the answer and, as a hash, in the database. */
export async function makeTestLink(admin: Admin, input: MakeLink): Promise<MadeLink> {
  const { loginMethodId, draftId, hours } = input;
  const { teamDomain } = await installation();
  const token = randomToken();
  const db = await database();
  return db.transaction(async (tx) => {
    const name = await subjectName(tx, input);
    await refuseTooMany(tx, loginMethodId);
    await tx.delete(testLinks).where(lt(testLinks.expiresAt, sql`now() - ${KEPT}`));
    const [made] = await tx
      .insert(testLinks)
      .values({
        id: randomUUID(),
        tokenHash: hashToken(token),
        loginMethodId,
        draftId,
        createdBy: admin.id,
        createdByName: admin.name,
        expiresAt: sql`now() + ${hours} * interval '1 hour'`,
      })
      .returning({ id: testLinks.id, expiresAt: testLinks.expiresAt });
    if (!made) throw new Error("the link was not stored");
    await recordChange(tx, admin, {
      action: "test_link.create",
      target: { type: "login_method", id: loginMethodId, name },
      changes: diffOf(null, { link: made.id, holds_hours: hours, unsaved: draftId !== null }),
    });
    const { id, expiresAt } = made;
    return { id, url: testLinkUrl(teamDomain, token), expiresAt: expiresAt.toISOString() };
  });
}

const state = sql<LinkState>`case
  when ${testLinks.usedAt} is not null then 'used'
  when ${testLinks.revokedAt} is not null then 'revoked'
  when ${testLinks.expiresAt} <= now() then 'expired'
  when ${admins.role} in ('owner', 'admin') then 'unused'
  else 'void' end`;

/** The links of one login method, newest first. */
export async function listTestLinks(
  _viewer: Viewer,
  loginMethodId: string,
): Promise<TestLinkSummary[]> {
  const db = await database();
  const rows = await db
    .select({
      id: testLinks.id,
      state,
      draftId: testLinks.draftId,
      createdBy: testLinks.createdByName,
      createdAt: testLinks.createdAt,
      expiresAt: testLinks.expiresAt,
      usedAt: testLinks.usedAt,
      runId: testLinks.runId,
    })
    .from(testLinks)
    .leftJoin(admins, eq(admins.id, testLinks.createdBy))
    .where(eq(testLinks.loginMethodId, loginMethodId))
    .orderBy(desc(testLinks.createdAt))
    .limit(50);
  return rows.map(({ draftId, createdAt, expiresAt, usedAt, ...row }) => ({
    ...row,
    draft: draftId !== null,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }));
}

/** Ends a link that nobody has used. A sign-in that has begun goes on. */
export async function revokeTestLink(admin: Admin, id: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [gone] = await tx
      .update(testLinks)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(testLinks.id, id), isNull(testLinks.usedAt), isNull(testLinks.revokedAt)))
      .returning({ loginMethodId: testLinks.loginMethodId, draftId: testLinks.draftId });
    if (!gone) {
      throw new AppError("not_found", "This link was used or revoked already.", {
        fix: "Load the page again to see what became of it.",
      });
    }
    await recordChange(tx, admin, {
      action: "test_link.revoke",
      target: { type: "login_method", id: gone.loginMethodId, name: await nameOf(tx, gone) },
      changes: diffOf({ link: id }, null),
    });
  });
}

export async function nameOf(
  tx: Queryable,
  { loginMethodId, draftId }: { loginMethodId: string; draftId: string | null },
): Promise<string> {
  const [draft] =
    draftId === null
      ? []
      : await tx
          .select({ name: loginMethodDrafts.name })
          .from(loginMethodDrafts)
          .where(eq(loginMethodDrafts.id, draftId));
  if (draft) return draft.name;
  const [method] = await tx
    .select({ name: loginMethods.name })
    .from(loginMethods)
    .where(eq(loginMethods.id, loginMethodId));
  return method?.name ?? "";
}
