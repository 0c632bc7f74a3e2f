import "server-only";
import { kidsInUse } from "@/lib/client-keys/key-states";
import { openKeys, type StoredKey } from "@/lib/client-keys/sealed-keys";
import { findConnector } from "@/lib/connectors";
import type { Config, Connector } from "@/lib/connectors/definition";
import type { Connection } from "@/lib/oidc/schema";
import { sketch } from "./check-settings";
import { fingerprintOf } from "./fingerprint";
import { incomplete, unknownKind } from "./refusals";
import { type LoginMethod, scimSchema } from "./schema";
import {
  describeSecrets,
  openSecrets,
  type SealedSecrets,
  sealedOnly,
  withoutSecrets,
} from "./sealed-secrets";

/** A login method as it is stored. */
export interface Row {
  id: string;
  kind: string;
  name: string;
  enabled: boolean;
  config: Config;
  secrets: SealedSecrets;
  scim: Record<string, unknown>;
  pinnedIssuer: string | null;
  ignoredDrift: Record<string, unknown>;
  version: number;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** The key pairs that Gatehouse made for it, sealed. */
  keys: readonly StoredKey[];
}

const signsByKey = (config: Config): boolean => config.token_auth_method === "private_key_jwt";

/** Keys are settings too, made and removed apart from the others. */
const fingerprint = ({ kind, keys }: Row, config: Config): string =>
  fingerprintOf(kind, { ...config, client_keys: kidsInUse(keys, signsByKey(config)) });

/** Empty, which equals none, when the secrets were sealed under another master key. */
function fingerprintIfAny(row: Row): string {
  try {
    return fingerprint(row, { ...row.config, ...openSecrets(row.id, row.secrets) });
  } catch {
    return "";
  }
}

export const toDto = (row: Row): LoginMethod => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  enabled: row.enabled,
  config: withoutSecrets(findConnector(row.kind), row.config),
  secrets: describeSecrets(row.secrets),
  scim: scimSchema.catch(scimSchema.parse({})).parse(row.scim),
  pinnedIssuer: row.pinnedIssuer,
  fingerprint: fingerprintIfAny(row),
  ignoredDrift: row.ignoredDrift,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export function connectorOf(kind: string): Connector {
  const connector = findConnector(kind);
  if (!connector) throw unknownKind(kind);
  return connector;
}

const comparable = ({ name, kind, enabled, config, scim }: Row, secrets: Config) => ({
  name,
  kind,
  enabled,
  scim,
  config: { ...config, ...secrets },
});

/** As the audit log compares it: secrets sealed. */
export const audited = (row: Row) => comparable(row, sealedOnly(row.secrets));

/** With its secrets in the clear, to tell whether two rows mean the same. It goes nowhere else. */
export const opened = (row: Row) => comparable(row, openSecrets(row.id, row.secrets));

/** Settings that were stored under older rules may make no connection any more. */
export function connectionIfAny(connector: Connector, row: Row): Connection | null {
  try {
    return sketch(connector, row.config, Object.keys(row.secrets));
  } catch {
    return null;
  }
}

export interface OpenLoginMethod {
  id: string;
  name: string;
  kind: string;
  version: number;
  enabled: boolean;
  /** Without secrets. */
  settings: Config;
  fingerprint: string;
  connection: Connection;
  advice: Connector["advice"];
}

/** With its secrets opened, for a round trip. AppError `unavailable` when it makes no connection. */
export function openRow(row: Row): OpenLoginMethod {
  const connector = connectorOf(row.kind);
  const config = { ...row.config, ...openSecrets(row.id, row.secrets) };
  const keys = openKeys(row.keys, signsByKey(row.config));
  const { id, name, kind, version, enabled, pinnedIssuer } = row;
  try {
    const connection = { ...connector.open(config, pinnedIssuer), ...keys };
    return {
      id,
      name,
      kind,
      version,
      enabled,
      settings: row.config,
      fingerprint: fingerprint(row, config),
      connection,
      advice: connector.advice,
    };
  } catch (cause) {
    throw incomplete(name, cause);
  }
}
