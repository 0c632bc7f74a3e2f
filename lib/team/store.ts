import "server-only";
import { sql } from "drizzle-orm";
import { database, databaseHealth } from "@/db/client";
import { team } from "@/db/schema/team";
import { diffOf } from "@/lib/audit/diff";
import { recordChange } from "@/lib/audit/store";
import type { Admin, Owner, Viewer } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import { AppError } from "@/lib/kit/errors";
import { shownProxies } from "@/lib/outbound/proxy";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { version } from "@/package.json";
import { callbackUrlFor, dependsOnTeamName, teamDomainFor } from "./domain";
import { withFormerName } from "./former-names";
import { practiceProviders } from "./practice";
import type { Installation, SystemHealth } from "./schema";

export { practiceProviders };

/** Stands for `{team}` in the team domain until set-up has chosen a name. */
const NOT_NAMED_YET = "team";

async function teamRow() {
  const db = await database();
  const [row] = await db
    .select({
      name: team.name,
      outboundAllow: team.outboundAllow,
      setupCompletedAt: team.setupCompletedAt,
    })
    .from(team);
  return row ?? null;
}

/** Public facts of the installation; needs no capability. */
export async function installation(): Promise<Installation> {
  const row = await teamRow();
  const { url, authDomain } = env();
  const teamDomain = teamDomainFor(url, authDomain, row?.name ?? NOT_NAMED_YET);
  return {
    teamName: row?.name ?? null,
    setupDone: Boolean(row?.setupCompletedAt),
    consoleUrl: url,
    teamDomain,
    callbackUrl: callbackUrlFor(teamDomain),
  };
}

/** What Gatehouse may reach on private networks: the owner's list, and the practice providers. */
export async function outboundPolicy(): Promise<OutboundPolicy> {
  const [allow, practice] = await Promise.all([
    env().outboundAllow ?? teamRow().then((row) => row?.outboundAllow ?? []),
    practiceProviders(),
  ]);
  return { allow: [...new Set([...allow, ...practice.map(({ hostPort }) => hostPort)])] };
}

/** The allow list as the settings page shows it. */
export async function outboundSettings(
  _viewer: Viewer,
): Promise<{ entries: string[]; locked: boolean }> {
  const fixed = env().outboundAllow;
  return { entries: fixed ?? (await teamRow())?.outboundAllow ?? [], locked: fixed !== null };
}

/** Replaces the allow list. AppError `conflict` while OUTBOUND_ALLOW is set. */
export async function setOutboundAllow(owner: Owner, entries: string[]): Promise<void> {
  if (env().outboundAllow) {
    throw new AppError("conflict", "The environment variable OUTBOUND_ALLOW sets this list.", {
      fix: "Change OUTBOUND_ALLOW, or remove it and start Gatehouse again to edit the list here.",
    });
  }
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx.select({ entries: team.outboundAllow }).from(team).for("update");
    await tx.update(team).set({ outboundAllow: entries });
    const changes = diffOf({ outbound_allow: row?.entries ?? [] }, { outbound_allow: entries });
    if (changes.length === 0) return;
    await recordChange(tx, owner, {
      action: "system.outbound",
      target: { type: "system", id: null, name: "Private networks" },
      changes,
    });
  });
}

/** Gives the team another name; the team domain and callback URL follow where AUTH_DOMAIN says so. */
export async function renameTeam(admin: Admin, name: string): Promise<void> {
  const db = await database();
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ name: team.name, formerNames: team.formerNames })
      .from(team)
      .for("update");
    if (row?.name === name) return;
    const formerNames = dependsOnTeamName(env().authDomain)
      ? withFormerName(row?.formerNames ?? [], row?.name ?? null, name)
      : [];
    await tx.update(team).set({ name, formerNames });
    const facts = (of: string | null) => {
      const teamDomain = teamDomainFor(env().url, env().authDomain, of ?? NOT_NAMED_YET);
      return { name: of, callback_url: callbackUrlFor(teamDomain) };
    };
    await recordChange(tx, admin, {
      action: "team.rename",
      target: { type: "team", id: null, name },
      changes: diffOf(facts(row?.name ?? null), facts(name)),
    });
  });
}

/** Writes the team's row as it is and takes that back. Throws when the database cannot be written. */
export async function databaseWritable(): Promise<void> {
  const db = await database();
  const undo = new Error("undo");
  await db
    .transaction(async (tx) => {
      await tx
        .insert(team)
        .values({ id: 1 })
        .onConflictDoUpdate({
          target: team.id,
          set: { createdAt: sql`${team.createdAt}` },
        });
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
}

/** Seconds by which this process is ahead of the database. AppError or driver error without one. */
export async function clockAhead(): Promise<number> {
  const db = await database();
  const started = Date.now();
  const { rows } = await db.execute<{ ms: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`,
  );
  return ((started + Date.now()) / 2 - Number(rows[0]?.ms)) / 1000;
}

export async function systemHealth(_viewer: Viewer): Promise<SystemHealth> {
  const [health, ahead] = await Promise.all([databaseHealth(), clockAhead().catch(() => null)]);
  return {
    gatehouse: version,
    node: process.versions.node,
    database: health,
    clockAhead: ahead,
    proxy: shownProxies(env().outboundProxies),
  };
}
