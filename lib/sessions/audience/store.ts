import "server-only";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { serviceTokens } from "@/db/schema/service-tokens";
import type { DataPlane } from "@/lib/kit/data-plane";

/** What a token for an application has to agree with. */
export interface Audience {
  id: string;
  aud: string;
  name: string;
  enabled: boolean;
  tokenEpoch: number;
  destinations: string[];
}

const columns = {
  id: applications.id,
  aud: applications.aud,
  name: applications.name,
  enabled: applications.enabled,
  tokenEpoch: applications.tokenEpoch,
  destinations: applications.destinations,
};

/** The application that an `aud` names; null when there is none. */
export async function audienceOf(_dataPlane: DataPlane, aud: string): Promise<Audience | null> {
  const db = await database();
  const [row] = await db.select(columns).from(applications).where(eq(applications.aud, aud));
  return row ?? null;
}

/** Hosts and paths of every enabled application: where a browser may be sent. */
export async function allDestinations(_dataPlane: DataPlane): Promise<string[]> {
  const db = await database();
  const rows = await db
    .select({ destinations: applications.destinations })
    .from(applications)
    .where(eq(applications.enabled, true));
  return rows.flatMap(({ destinations }) => destinations);
}

export interface Program {
  id: string;
  name: string;
  clientId: string;
}

/** The service token of a Client ID while it and that secret of it may be used; null otherwise. */
export async function liveProgram(
  _dataPlane: DataPlane,
  clientId: string,
  secretVersion: number,
): Promise<Program | null> {
  const db = await database();
  const [row] = await db.select().from(serviceTokens).where(eq(serviceTokens.clientId, clientId));
  const now = Date.now();
  if (!row?.enabled || (row.expiresAt && row.expiresAt.getTime() <= now)) return null;
  const previous = secretVersion === row.secretVersion - 1 ? row.previousExpiresAt : null;
  if (secretVersion !== row.secretVersion && now >= (previous?.getTime() ?? 0)) return null;
  return { id: row.id, name: row.name, clientId };
}
