import "server-only";
import { eq } from "drizzle-orm";
import type * as z from "zod";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Connector } from "@/lib/connectors/definition";
import type { Admin, Viewer } from "@/lib/kit/actor";
import { differencesFrom } from "@/lib/oidc/check/differences";
import type { Difference } from "@/lib/oidc/check/schema";
import { readDiscovery } from "@/lib/oidc/discovery";
import type { Connection } from "@/lib/oidc/schema";
import { guardedFetch } from "@/lib/outbound/guarded-fetch";
import { outboundPolicy } from "@/lib/team/store";
import { incomplete } from "../refusals";
import { connectorOf, type Row } from "../row";
import { rowOf } from "../rows/store";
import { KEPT } from "../schema";
import { readingOf } from "./documents";
import type { Drift, DriftReport, driftSchema, ignoreSchema } from "./schema";

const TIME_MS = 8000;

/** The connection with a mark for every secret: nothing of them is needed here. */
function connectionOf(connector: Connector, row: Row): Connection {
  const marks = Object.fromEntries(Object.keys(row.secrets).map((name) => [name, KEPT]));
  try {
    return connector.open({ ...row.config, ...marks }, row.pinnedIssuer);
  } catch (cause) {
    throw incomplete(row.name, cause);
  }
}

const inOrder = (value: unknown): unknown => (Array.isArray(value) ? value.toSorted() : value);
const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

function driftIn(connector: Connector, row: Row, difference: Difference): Drift {
  const { name, published, adopt } = difference;
  const hasField = connector.fields.some((field) => field.name === name);
  return {
    ...difference,
    adopt: hasField ? adopt : null,
    ignored: Object.hasOwn(row.ignoredDrift, name) && isSame(row.ignoredDrift[name], published),
  };
}

/** What was never set is no drift, unless the provider insists on it. */
const hasMoved = ({ name, current }: Difference): boolean => current !== null || name === "par_url";

async function read(address: string, { tls }: Connection) {
  const policy = await outboundPolicy();
  const fetch = guardedFetch(policy, {
    timeoutMs: TIME_MS,
    plainHttpToListed: true,
    // Documents are public: the client certificate is for the Token URL.
    tls: tls?.ca ? { ca: tls.ca, cert: null, key: null } : null,
  });
  return readDiscovery(policy, address, { totalMs: TIME_MS, fetch });
}

/**
 * A saved login method against what its provider publishes now. The document is read at most every
 * three minutes, or every five seconds when `fresh`. Never throws for what a provider can cause.
 */
export async function driftOf(
  _viewer: Viewer,
  { id, fresh }: z.output<typeof driftSchema>,
): Promise<DriftReport> {
  const row = await rowOf(await database(), id);
  const connector = connectorOf(row.kind);
  const connection = connectionOf(connector, row);
  const named = connection.discoveryUrl ?? connector.discoveryUrl(row.config);
  const address = connection.personApi ? null : (named ?? connection.issuer);
  const nothing = { documentUrl: null, drifts: [], problem: null };
  if (address === null) return { ...nothing, checkedAt: new Date().toISOString() };
  const key = `${id} ${row.version} ${address}`;
  const { report, problem, at } = await readingOf(key, fresh, () => read(address, connection));
  const checkedAt = new Date(at).toISOString();
  // An issuer that serves no document is no fault: nobody said that there is one.
  if (!report) return { ...nothing, problem: named ? problem : null, checkedAt };
  const drifts = differencesFrom(connection, report)
    .filter(hasMoved)
    .map((difference) => driftIn(connector, row, difference));
  return { documentUrl: report.documentUrl, checkedAt, drifts, problem: null };
}

/** Remembers that a published value is not wanted, or forgets it. The settings stay as they are. */
export async function ignoreDrift(
  admin: Admin,
  { id, name, published }: z.output<typeof ignoreSchema>,
): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const row = await rowOf(tx, id, true);
    const { [name]: _before, ...others } = row.ignoredDrift;
    const ignoredDrift = published === null ? others : { ...others, [name]: published };
    const changes = diffOf({ ignored_drift: row.ignoredDrift }, { ignored_drift: ignoredDrift });
    if (changes.length === 0) return;
    await tx.update(loginMethods).set({ ignoredDrift }).where(eq(loginMethods.id, id));
    await recordChange(tx, admin, {
      action: published === null ? "login_method.heed_drift" : "login_method.ignore_drift",
      target: { type: "login_method", id, name: row.name },
      changes,
    });
  });
}
