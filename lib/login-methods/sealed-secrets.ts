import "server-only";
import type { Config, Connector } from "@/lib/connectors/definition";
import type { Admin } from "@/lib/kit/actor";
import { open, seal } from "@/lib/kit/master-key";
import { isUntyped, type StoredSecret, takesOver } from "./schema";

export type SealedSecrets = Record<string, StoredSecret & { sealed: string }>;

/** Binds a sealed value to its row and field, so that a copy elsewhere cannot be opened. */
const contextOf = (id: string, field: string) => `login_method:${id}:${field}`;

/** The same value for another row or field: who set it, and when, stays. */
const moved = (
  { sealed, ...rest }: SealedSecrets[string],
  from: [id: string, field: string],
  to: [id: string, field: string],
): SealedSecrets[string] => ({
  ...rest,
  sealed: seal(open(sealed, contextOf(...from)), contextOf(...to)),
});

/**
 * The secrets after a save: a blank field keeps what is stored, null removes it, true takes over the
 * stored secret that another field replaces, anything else is sealed anew. `typed` is the config as
 * it was sent, `parsed` the same after the connector's rules.
 */
export function nextSecrets(
  admin: Admin,
  row: { id: string; connector: Connector; stored: SealedSecrets },
  typed: Config,
  parsed: Config,
): SealedSecrets {
  const secrets: SealedSecrets = {};
  for (const name of row.connector.secrets) {
    const kept = row.stored[name];
    const source = takesOver(row.connector, name, typed);
    const replaced = source ? row.stored[source] : undefined;
    if (source && replaced) {
      secrets[name] = moved(replaced, [row.id, source], [row.id, name]);
    } else if (isUntyped(typed[name])) {
      if (kept) secrets[name] = kept;
    } else if (typed[name] !== null && typeof parsed[name] === "string" && parsed[name] !== "") {
      secrets[name] = {
        sealed: seal(parsed[name], contextOf(row.id, name)),
        setAt: new Date().toISOString(),
        setBy: admin.email,
      };
    }
  }
  return secrets;
}

/** The same secrets for another row. */
export const resealed = (from: string, to: string, secrets: SealedSecrets): SealedSecrets =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [
      name,
      moved(secret, [from, name], [to, name]),
    ]),
  );

/**
 * The secrets of a draft, for the login method that it becomes. One that is stored there already
 * stays as it is, so that only what changed is seen to change.
 */
export function adopted(
  draft: { id: string; secrets: SealedSecrets },
  row: { id: string; stored: SealedSecrets },
): SealedSecrets {
  const before = openSecrets(row.id, row.stored);
  const after = openSecrets(draft.id, draft.secrets);
  const same = Object.entries(row.stored).filter(([name]) => after[name] === before[name]);
  return { ...resealed(draft.id, row.id, draft.secrets), ...Object.fromEntries(same) };
}

/** Opens the secrets of one login method, for its connection. They go nowhere else. */
export const openSecrets = (id: string, secrets: SealedSecrets): Config =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, { sealed }]) => [name, open(sealed, contextOf(id, name))]),
  );

/** What the audit log may compare: that a secret is there, and whether it is the same one. */
export const sealedOnly = (secrets: SealedSecrets): Config =>
  Object.fromEntries(Object.entries(secrets).map(([name, { sealed }]) => [name, sealed]));

/** What the console may know of the secrets. */
export const describeSecrets = (secrets: SealedSecrets): Record<string, StoredSecret> =>
  Object.fromEntries(
    Object.entries(secrets).map(([name, { setAt, setBy }]) => [name, { setAt, setBy }]),
  );

export const withoutSecrets = (connector: Connector | null, config: Config): Config =>
  Object.fromEntries(
    Object.entries(config).filter(
      ([name, value]) => !connector?.secrets.includes(name) && value !== "" && value !== undefined,
    ),
  );
