import "server-only";
import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { RunCapability } from "@/lib/kit/run-capability";
import { outboundPolicy } from "@/lib/team/store";
import { parseValues, refusePlainHttp, refuseSecretsAtNewAddress, sketch } from "../check-settings";
import { changedBy, gone, unknownKind } from "../refusals";
import { connectionIfAny, connectorOf, type OpenLoginMethod, openRow, type Row } from "../row";
import { nextSecrets, resealed, withoutSecrets } from "../sealed-secrets";

const KEPT_PER_METHOD = 20;
const LIFE = sql`now() + interval '24 hours'`;

export interface DraftInput {
  /** Made by the form, so that one sent twice makes one draft. */
  id: string;
  /** The login method that is changed, or the id that a new one will get. */
  loginMethodId: string;
  kind: string;
  /** The saved version that the form began from; 0 for one never saved. */
  baseVersion: number;
  values: Record<string, unknown>;
}

const expired = () =>
  new AppError("not_found", "What was tested is no longer kept.", {
    fix: "Open the form again and choose Test. A test of unsaved settings is kept for 24 hours.",
  });

/** The draft as a row of its own: its id seals its secrets. */
const asRow = (draft: typeof loginMethodDrafts.$inferSelect): Row => ({
  id: draft.id,
  kind: draft.kind,
  name: draft.name,
  enabled: false,
  config: draft.config,
  secrets: draft.secrets,
  scim: {},
  pinnedIssuer: null,
  ignoredDrift: {},
  version: draft.baseVersion,
  createdBy: draft.createdBy,
  createdAt: draft.createdAt,
  updatedAt: draft.createdAt,
});

async function savedRow(input: DraftInput): Promise<Row | null> {
  const db = await database();
  const [row] = await db
    .select()
    .from(loginMethods)
    .where(eq(loginMethods.id, input.loginMethodId));
  if (!row && input.baseVersion > 0) throw gone();
  if (row && row.kind !== input.kind) throw unknownKind(input.kind);
  if (row && row.version !== input.baseVersion) throw changedBy("Someone");
  return row ?? null;
}

/**
 * Keeps the settings of a form for a test, without saving them. The rules of a save hold, and a
 * stored secret goes to no new address. AppError `invalid_input` with every issue on its field.
 */
export async function makeDraft(admin: Admin, input: DraftInput): Promise<void> {
  const connector = connectorOf(input.kind);
  const saved = await savedRow(input);
  const stored = saved?.secrets ?? {};
  const { name, config } = parseValues(connector, Object.keys(stored), input.values);
  await refusePlainHttp(await outboundPolicy(), connector, config);
  const typed = input.values.config as Record<string, unknown>;
  const kept = resealed(saved?.id ?? "", input.id, stored);
  const secrets = nextSecrets(admin, { id: input.id, connector, stored: kept }, typed, config);
  if (saved) {
    const after = sketch(connector, config, Object.keys(secrets));
    const before = connectionIfAny(connector, saved);
    refuseSecretsAtNewAddress(connector, typed, before, after, Object.keys(stored));
  }
  const db = await database();
  await db
    .insert(loginMethodDrafts)
    .values({
      id: input.id,
      loginMethodId: input.loginMethodId,
      baseVersion: input.baseVersion,
      kind: connector.kind,
      name,
      config: withoutSecrets(connector, config),
      secrets,
      createdBy: admin.id,
      createdByName: admin.name,
      expiresAt: LIFE,
    })
    .onConflictDoNothing();
  const old = db
    .select({ id: loginMethodDrafts.id })
    .from(loginMethodDrafts)
    .where(eq(loginMethodDrafts.loginMethodId, input.loginMethodId))
    .orderBy(desc(loginMethodDrafts.createdAt))
    .offset(KEPT_PER_METHOD);
  await db
    .delete(loginMethodDrafts)
    .where(or(inArray(loginMethodDrafts.id, old), lt(loginMethodDrafts.expiresAt, sql`now()`)));
}

/** A draft with its secrets opened, for a round trip. A run opens its own and no other. */
export async function openDraft(
  actor: Admin | RunCapability,
  draft: { id: string; loginMethodId: string },
): Promise<OpenLoginMethod> {
  if ("runId" in actor && actor.draftId !== draft.id) throw expired();
  const db = await database();
  const [row] = await db
    .select()
    .from(loginMethodDrafts)
    .where(
      and(
        eq(loginMethodDrafts.id, draft.id),
        eq(loginMethodDrafts.loginMethodId, draft.loginMethodId),
        sql`${loginMethodDrafts.expiresAt} > now()`,
      ),
    );
  if (!row) throw expired();
  return { ...openRow(asRow(row)), id: row.loginMethodId };
}

/** The settings of a draft without secrets, to fill a form with. Null when it is no longer kept. */
export async function getDraft(
  _admin: Admin,
  id: string,
): Promise<{ loginMethodId: string; kind: string; name: string; config: Row["config"] } | null> {
  const db = await database();
  const [row] = await db
    .select({
      loginMethodId: loginMethodDrafts.loginMethodId,
      kind: loginMethodDrafts.kind,
      name: loginMethodDrafts.name,
      config: loginMethodDrafts.config,
    })
    .from(loginMethodDrafts)
    .where(and(eq(loginMethodDrafts.id, id), sql`${loginMethodDrafts.expiresAt} > now()`));
  return row ?? null;
}
