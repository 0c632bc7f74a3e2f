import "server-only";
import { and, desc, eq, gt, inArray, lt, not, or, sql } from "drizzle-orm";
import { database, type Queryable } from "@/db/client";
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
import { loginMethods } from "@/db/schema/login-methods";
import { testLinks } from "@/db/schema/test-links";
import { storedKeys } from "@/lib/client-keys/store";
import type { Connector } from "@/lib/connectors/definition";
import type { Admin, Viewer } from "@/lib/kit/actor";
import type { RunCapability } from "@/lib/kit/run-capability";
import type { Connection } from "@/lib/oidc/schema";
import { outboundPolicy } from "@/lib/team/store";
import { refuseBadCertificates } from "../check-certificates";
import {
  parseValues,
  refusePlainHttp,
  refuseSecretsAtNewAddress,
  sketch,
  trustsElsewhere,
} from "../check-settings";
import { changedBy, draftGone, draftReused, gone, unknownKind } from "../refusals";
import { connectionIfAny, connectorOf, type OpenLoginMethod, openRow, type Row } from "../row";
import { isBlank } from "../schema";
import {
  adopted,
  describeSecrets,
  nextSecrets,
  openSecrets,
  resealed,
  type SealedSecrets,
  withoutSecrets,
} from "../sealed-secrets";
import { type Draft, type DraftInput, isSameDraft } from "./draft";

const KEPT_PER_METHOD = 20;
/** Somebody was sent a link to try it. */
const promised = sql`exists (select from ${testLinks} where ${testLinks.draftId} = ${loginMethodDrafts.id}
  and ${testLinks.usedAt} is null and ${testLinks.revokedAt} is null and ${testLinks.expiresAt} > now())`;
const KEPT_PER_ADMIN = 100;
const LIFE = sql`now() + interval '24 hours'`;

type Stored = typeof loginMethodDrafts.$inferSelect;

/** A draft as a row of its own: its id seals its secrets. One without a name is called by its type. */
const asRow = (draft: Stored, pinnedIssuer: string | null = null): Row => ({
  id: draft.id,
  kind: draft.kind,
  name: draft.name || connectorOf(draft.kind).label,
  enabled: false,
  config: draft.config,
  secrets: draft.secrets,
  scim: draft.scim,
  pinnedIssuer,
  ignoredDrift: {},
  version: draft.baseVersion,
  createdBy: draft.createdBy,
  createdAt: draft.createdAt,
  updatedAt: draft.createdAt,
  keys: [],
});

async function findRow(db: Queryable, id: string): Promise<Row | null> {
  const [row] = await db.select().from(loginMethods).where(eq(loginMethods.id, id));
  return row ? { ...row, keys: [] } : null;
}

async function findDraft(db: Queryable, id: string): Promise<Stored | null> {
  const [draft] = await db
    .select()
    .from(loginMethodDrafts)
    .where(and(eq(loginMethodDrafts.id, id), gt(loginMethodDrafts.expiresAt, sql`now()`)));
  return draft ?? null;
}

async function savedRow(db: Queryable, input: DraftInput): Promise<Row | null> {
  const row = await findRow(db, input.loginMethodId);
  if (!row && input.baseVersion > 0) throw gone();
  if (row && row.kind !== input.kind) throw unknownKind(input.kind);
  if (row && row.version !== input.baseVersion) throw changedBy("Someone");
  return row;
}

/** What the blank secret fields of a form stand for, and the connection that those were kept for. */
export interface Kept {
  secrets: SealedSecrets;
  connection: Connection | null;
}

/**
 * The secrets behind the blank fields of a form that was opened from a draft, sealed for the login
 * method that it is saved as. AppError `not_found` when the draft is gone, `conflict` when it began
 * from another version than the one that is saved.
 */
export async function keptByDraft(
  _admin: Admin,
  db: Queryable,
  draftId: string,
  target: { id: string; connector: Connector; saved: Row | null },
): Promise<Kept> {
  const draft = await findDraft(db, draftId);
  const { id, connector, saved } = target;
  if (draft?.loginMethodId !== id || draft.kind !== connector.kind) throw draftGone();
  if (draft.baseVersion !== (saved?.version ?? 0)) throw changedBy("Someone");
  return {
    secrets: adopted(draft, { id, stored: saved?.secrets ?? {} }),
    connection: connectionIfAny(connector, asRow(draft)),
  };
}

async function keptFor(admin: Admin, db: Queryable, input: DraftInput): Promise<Kept> {
  const connector = connectorOf(input.kind);
  const saved = await savedRow(db, input);
  if (input.from) {
    return keptByDraft(admin, db, input.from, { id: input.loginMethodId, connector, saved });
  }
  return {
    secrets: saved?.secrets ?? {},
    connection: saved && connectionIfAny(connector, saved),
  };
}

/**
 * What would be kept of a form. The rules of a save hold, except that it needs no name, and a stored
 * secret goes to no new address. AppError `invalid_input` with every issue on its field.
 */
async function draftOf(admin: Admin, input: DraftInput) {
  const db = await database();
  const connector = connectorOf(input.kind);
  const kept = await keptFor(admin, db, input);
  const stored = Object.keys(kept.secrets);
  const unnamed = isBlank(input.values.name);
  const values = unnamed ? { ...input.values, name: connector.label } : input.values;
  const { name, config, scim } = parseValues(connector, stored, values);
  await refusePlainHttp(await outboundPolicy(), connector, config);
  const typed = input.values.config as Record<string, unknown>;
  const own = resealed(input.loginMethodId, input.id, kept.secrets);
  const secrets = nextSecrets(admin, { id: input.id, connector, stored: own }, typed, config);
  refuseBadCertificates(config, null, () => openSecrets(input.id, secrets).tls_client_key);
  const after = sketch(connector, config, Object.keys(secrets));
  refuseSecretsAtNewAddress(connector, typed, kept.connection, after, stored);
  return {
    id: input.id,
    loginMethodId: input.loginMethodId,
    baseVersion: input.baseVersion,
    kind: connector.kind,
    name: unnamed ? "" : name,
    config: withoutSecrets(connector, config),
    secrets,
    scim: { ...scim },
    createdBy: admin.id,
    createdByName: admin.name,
  };
}

/** Refuses what `makeDraft` would refuse, and keeps nothing. */
export async function checkDraft(admin: Admin, input: DraftInput): Promise<void> {
  await draftOf(admin, input);
}

/** Keeps the settings of a form for a test, without saving them, for 24 hours. */
export async function makeDraft(admin: Admin, input: DraftInput): Promise<void> {
  const draft = await draftOf(admin, input);
  const db = await database();
  const made = await db
    .insert(loginMethodDrafts)
    .values({ ...draft, expiresAt: LIFE })
    .onConflictDoNothing()
    .returning({ id: loginMethodDrafts.id });
  if (made.length === 0) {
    const twin = await findDraft(db, draft.id);
    if (!twin || !isSameDraft(twin, draft)) throw draftReused();
  }
  const newest = (where: ReturnType<typeof eq>, kept: number) =>
    db
      .select({ id: loginMethodDrafts.id })
      .from(loginMethodDrafts)
      .where(and(where, not(promised)))
      .orderBy(desc(loginMethodDrafts.createdAt))
      .offset(kept);
  const ofMethod = eq(loginMethodDrafts.loginMethodId, draft.loginMethodId);
  const ofAdmin = eq(loginMethodDrafts.createdBy, admin.id);
  await db
    .delete(loginMethodDrafts)
    .where(
      or(
        inArray(loginMethodDrafts.id, newest(ofMethod, KEPT_PER_METHOD)),
        inArray(loginMethodDrafts.id, newest(ofAdmin, KEPT_PER_ADMIN)),
        lt(loginMethodDrafts.expiresAt, sql`now()`),
      ),
    );
}

/** Deletes what nobody tests any more, secrets and all. */
export async function deleteExpiredDrafts(): Promise<void> {
  const db = await database();
  await db.delete(loginMethodDrafts).where(lt(loginMethodDrafts.expiresAt, sql`now()`));
}

/** A proven issuer holds for a draft as it would after a save: as long as it trusts the same places. */
function pinFor(saved: Row | null, draft: Stored): string | null {
  if (!saved?.pinnedIssuer) return null;
  const connector = connectorOf(draft.kind);
  const [before, after] = [
    connectionIfAny(connector, saved),
    connectionIfAny(connector, asRow(draft)),
  ];
  return before && after && !trustsElsewhere(before, after) ? saved.pinnedIssuer : null;
}

async function openStored(db: Queryable, draft: Stored): Promise<OpenLoginMethod> {
  const saved = await findRow(db, draft.loginMethodId);
  const keys = await storedKeys(db, draft.loginMethodId);
  const row = { ...asRow(draft, pinFor(saved, draft)), keys };
  return { ...openRow(row), id: draft.loginMethodId };
}

/** A draft with its secrets opened, for a round trip. A run opens its own and no other. */
export async function openDraft(
  actor: Admin | RunCapability,
  wanted: { id: string; loginMethodId: string },
): Promise<OpenLoginMethod> {
  if ("runId" in actor && actor.draftId !== wanted.id) throw draftGone();
  const db = await database();
  const draft = await findDraft(db, wanted.id);
  if (draft?.loginMethodId !== wanted.loginMethodId) throw draftGone();
  return openStored(db, draft);
}

/** What a form holds, opened, under the rules of `makeDraft`. Nothing is kept. */
export async function openForm(admin: Admin, input: DraftInput): Promise<OpenLoginMethod> {
  const now = new Date();
  const draft = { ...(await draftOf(admin, input)), createdAt: now, expiresAt: now };
  return openStored(await database(), draft);
}

/** The settings of a draft without secrets. Null when it is no longer kept. */
export async function getDraft(_viewer: Viewer, id: string): Promise<Draft | null> {
  const draft = await findDraft(await database(), id);
  if (!draft) return null;
  const { loginMethodId, kind, name, config, scim, baseVersion } = draft;
  return {
    id,
    loginMethodId,
    kind,
    name,
    config,
    scim,
    baseVersion,
    secrets: describeSecrets(draft.secrets),
  };
}
