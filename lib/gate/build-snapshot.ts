import { createPublicKey, type JsonWebKey } from "node:crypto";
import { type Destination, parseDestination } from "@/lib/applications/destination";
import { applicationSettingsSchema } from "@/lib/applications/schema";
import { DEFAULT_DESIGN, loginDesignSchema } from "@/lib/custom-pages/schema";
import { describeKey } from "@/lib/keys/states";
import { parseDuration } from "@/lib/kit/duration";
import { compilePolicies, type PolicySource } from "@/lib/policies/compile";
import { namesOf } from "@/lib/policies/names";
import type { RuleSets } from "@/lib/policies/schema";
import { indexHosts } from "./host-index";
import { newShelf } from "./logos";
import type { GateApplication, GateKey, GateServiceToken, Snapshot } from "./snapshot";
import type { Configuration } from "./store";

/** What is the same for every snapshot of a process. */
export interface Surroundings {
  consoleUrl: string;
  teamDomain: (teamName: string) => string;
}

const DAY_MS = 24 * 3_600_000;

const ofPolicy = ({ links, policies }: Configuration): Map<string, PolicySource[]> => {
  const sources = new Map(
    policies.map(({ id, name, decision, sessionDuration, include, require, exclude }) => [
      id,
      { id, name, decision, sessionDuration, include, require, exclude } as PolicySource,
    ]),
  );
  const found = new Map<string, PolicySource[]>();
  for (const { applicationId, policyId } of links) {
    const source = sources.get(policyId);
    if (source) found.set(applicationId, [...(found.get(applicationId) ?? []), source]);
  }
  return found;
};

function destinationsOf(texts: readonly string[]): Destination[] {
  return texts.flatMap((text) => parseDestination(text) ?? []);
}

/** Settings that this release cannot read close the application; they must not open it. */
function applicationOf(
  row: Configuration["applications"][number],
  policies: GateApplication["policies"],
  shelf: ReturnType<typeof newShelf>,
): GateApplication {
  const settings = applicationSettingsSchema.safeParse(row.settings);
  const destinations = destinationsOf(row.destinations);
  const known = settings.data ?? applicationSettingsSchema.parse({});
  return {
    id: row.id,
    aud: row.aud,
    name: row.name,
    enabled: row.enabled && settings.success,
    destinations,
    wildcard: destinations.some(({ host }) => host.includes("*")),
    settings: { ...known, logo_url: shelf.put(known.logo_url) },
    tokenEpoch: row.tokenEpoch,
    policies,
  };
}

const serviceTokenOf = (row: Configuration["serviceTokens"][number]): GateServiceToken => ({
  id: row.id,
  name: row.name,
  clientId: row.clientId,
  enabled: row.enabled,
  secretHash: row.secretHash,
  secretVersion: row.secretVersion,
  previous:
    row.previousHash && row.previousExpiresAt
      ? { hash: row.previousHash, until: row.previousExpiresAt.getTime() }
      : null,
  expiresAt: row.expiresAt?.getTime() ?? null,
});

const keyOf = ({ publicJwk, expiresAt }: Configuration["keys"][number]): GateKey => ({
  key: createPublicKey({ key: publicJwk as JsonWebKey, format: "jwk" }),
  until: expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
});

function formerDomainsOf(
  { team }: Configuration,
  now: string,
  teamDomain: Surroundings["teamDomain"],
): Snapshot["formerDomains"] {
  return (team?.formerNames ?? [])
    .map(({ name, until }) => ({ origin: teamDomain(name), until: Date.parse(until) }))
    .filter(({ origin }) => origin !== now)
    .map((one) => ({ ...one, host: new URL(one.origin).host }));
}

const named = (rows: readonly { id: string; name: string }[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ id, name }) => [id, name]));

/**
 * Rows of the configuration as the data plane uses them: policies compiled, hosts indexed, keys
 * ready. Throws when the installation is not set up or a key cannot be read.
 */
export function buildSnapshot(
  rows: Configuration,
  revision: number,
  { consoleUrl, teamDomain }: Surroundings,
): Snapshot {
  const teamName = rows.team?.name ?? "team";
  const groups = new Map(
    rows.groups.map(({ id, include, require, exclude }) => [
      id,
      { include, require, exclude } as RuleSets,
    ]),
  );
  const policiesOf = ofPolicy(rows);
  const shelf = newShelf();
  const applications = rows.applications.map((row) =>
    applicationOf(row, compilePolicies(policiesOf.get(row.id) ?? [], groups), shelf),
  );
  const design = loginDesignSchema.safeParse(rows.team?.loginDesign ?? {}).data ?? DEFAULT_DESIGN;
  return {
    revision,
    teamName,
    teamDomain: teamDomain(teamName),
    formerDomains: formerDomainsOf(rows, teamDomain(teamName), teamDomain),
    consoleUrl,
    sessionMs: parseDuration(rows.team?.sessionDuration ?? "") ?? DAY_MS,
    countryHeader: rows.team?.countryHeader ?? null,
    hosts: indexHosts(applications),
    applications: new Map(applications.map((one) => [one.id, one])),
    byAud: new Map(applications.map((one) => [one.aud, one])),
    loginMethods: new Map(rows.loginMethods.map((row) => [row.id, row])),
    serviceTokens: new Map(rows.serviceTokens.map((row) => [row.clientId, serviceTokenOf(row)])),
    keys: new Map(rows.keys.map((row) => [row.kid, keyOf(row)])),
    signingKeys: rows.keys.map(describeKey),
    names: namesOf({
      loginMethods: named(rows.loginMethods),
      ruleGroups: named(rows.groups),
      serviceTokens: named(rows.serviceTokens),
    }),
    design: { ...design, logo: shelf.put(design.logo) },
    logos: shelf.logos,
    templates: new Map(rows.templates.map(({ id, html }) => [id, html])),
  };
}
