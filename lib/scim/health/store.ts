import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { scimGroups, scimHealth, scimSecrets, scimUsers } from "@/db/schema/scim";
import type { Viewer } from "@/lib/kit/actor";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { storableText } from "@/lib/oidc/storable";
import type { ScimHealth, ScimState } from "./schema";

/** How often the same is written down again: rows that every request wrote would be a queue. */
const HEARD_MS = 60_000;
const TROUBLE_MS = 1_000;
const MOST_TEXT = 500;
const MOST_KEYS = 1_000;

const written = () => processState("scim-health", () => new Map<string, number>());

/** Whether it is time to write again, for a key of which one is written at a time. */
export function isDue(key: string, every: number): boolean {
  const times = written();
  const now = Date.now();
  if (now - (times.get(key) ?? Number.NEGATIVE_INFINITY) < every) return false;
  if (times.size >= MOST_KEYS) times.clear();
  times.set(key, now);
  return true;
}

const heardKey = (loginMethodId: string, secretId = "") => `heard ${loginMethodId} ${secretId}`;

/** So that the next request is written down, and shows that the trouble is over. */
function hearAgain(loginMethodId: string): void {
  const times = written();
  for (const key of times.keys()) if (key.startsWith(heardKey(loginMethodId))) times.delete(key);
}

const cut = (text: string | null): string | null => text && storableText(text).slice(0, MOST_TEXT);

/** Requests came, but none with a valid secret yet: those times are of the trouble. */
const onlyTrouble = and(isNull(scimHealth.lastIp), isNull(scimHealth.lastClient));
const wasHeard = ({ lastIp, lastClient }: typeof scimHealth.$inferSelect): boolean =>
  lastIp !== null || lastClient !== null;

/** A request with a valid secret. Never throws: what it was about is answered all the same. */
export async function noteHeard({
  secretId,
  loginMethodId,
  ip,
  userAgent,
}: {
  secretId: string;
  loginMethodId: string;
  ip: string | null;
  userAgent: string | null;
}): Promise<void> {
  if (!isDue(heardKey(loginMethodId, secretId), HEARD_MS)) return;
  const heard = { lastAt: sql`now()`, lastIp: cut(ip), lastClient: cut(userAgent) };
  try {
    const db = await database();
    await db
      .update(scimSecrets)
      .set({ lastUsedAt: sql`now()`, lastUsedIp: heard.lastIp })
      .where(eq(scimSecrets.id, secretId));
    await db
      .insert(scimHealth)
      .values({ loginMethodId, firstAt: sql`now()`, ...heard })
      .onConflictDoUpdate({
        target: scimHealth.loginMethodId,
        set: {
          ...heard,
          firstAt: sql`case when ${onlyTrouble} then now() else ${scimHealth.firstAt} end`,
        },
      });
  } catch (err) {
    log.error({ err, loginMethodId }, "the use of a SCIM Secret was not written down");
  }
}

type Noted =
  | { lastErrorAt: SQL; lastError: string | null }
  | { lastRefusalAt: SQL; lastRefusal: string | null };

async function note(loginMethodId: string, what: Noted): Promise<void> {
  try {
    const db = await database();
    await db
      .insert(scimHealth)
      .values({ loginMethodId, firstAt: sql`now()`, lastAt: sql`now()`, ...what })
      .onConflictDoUpdate({ target: scimHealth.loginMethodId, set: what });
  } catch (err) {
    log.error({ err, loginMethodId }, "a failure of SCIM was not written down");
  }
}

/** A request with a valid secret that failed. Never throws. */
export async function noteTrouble(loginMethodId: string, error: string): Promise<void> {
  if (!isDue(`trouble ${loginMethodId}`, TROUBLE_MS)) return;
  hearAgain(loginMethodId);
  await note(loginMethodId, { lastErrorAt: sql`now()`, lastError: cut(error) });
}

/**
 * A request without a valid secret. Anybody may send one, so it is no error of the provider, and
 * hides none. Never throws.
 */
export async function noteRefused(loginMethodId: string, error: string): Promise<void> {
  if (!isDue(`refused ${loginMethodId}`, TROUBLE_MS)) return;
  await note(loginMethodId, { lastRefusalAt: sql`now()`, lastRefusal: cut(error) });
}

/** Of every login method that was heard of, for the list. */
export async function scimStates(_viewer: Viewer): Promise<Record<string, ScimState>> {
  const db = await database();
  const rows = await db.select().from(scimHealth);
  return Object.fromEntries(
    rows.map((row) => [
      row.loginMethodId,
      {
        lastAt: wasHeard(row) ? row.lastAt.toISOString() : null,
        failing: row.lastErrorAt !== null && row.lastErrorAt >= row.lastAt,
      },
    ]),
  );
}

export async function scimHealthOf(_viewer: Viewer, loginMethodId: string): Promise<ScimHealth> {
  const db = await database();
  const [[row], users, groups] = await Promise.all([
    db.select().from(scimHealth).where(eq(scimHealth.loginMethodId, loginMethodId)),
    db.$count(scimUsers, eq(scimUsers.loginMethodId, loginMethodId)),
    db.$count(scimGroups, eq(scimGroups.loginMethodId, loginMethodId)),
  ]);
  const heard = row && wasHeard(row) ? row : null;
  const refused = row?.lastRefusalAt && (!heard || row.lastRefusalAt > heard.lastAt) ? row : null;
  return {
    firstAt: heard?.firstAt.toISOString() ?? null,
    lastAt: heard?.lastAt.toISOString() ?? null,
    lastIp: row?.lastIp ?? null,
    lastClient: row?.lastClient ?? null,
    lastErrorAt: row?.lastErrorAt?.toISOString() ?? null,
    lastError: row?.lastError ?? null,
    lastRefusalAt: refused?.lastRefusalAt?.toISOString() ?? null,
    lastRefusal: refused?.lastRefusal ?? null,
    ...{ users, groups },
  };
}
