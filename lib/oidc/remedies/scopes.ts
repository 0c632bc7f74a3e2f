import type { Remedy } from "../schema";
import { type Evidence, type Maker, remedy, said } from "./evidence";

/** Every provider of OpenID Connect knows these (Core §5.4). */
const STANDARD = ["email", "profile"];

const without = (scopes: readonly string[], scope: string): Remedy =>
  remedy(`Remove the scope ${scope}`, { scopes: scopes.filter((one) => one !== scope) });

const words = (text: string): string[] => text.split(/[\s"'`,;()[\]]+|[.:](?=\s|$)/);

function oddScopes(evidence: Evidence): string[] {
  const asked = evidence.connection.scopes.filter((scope) => scope !== "openid");
  const description = words(said(evidence, "Error description") ?? "");
  const named = asked.filter((scope) => description.includes(scope));
  if (named.length > 0 && named.length < asked.length) return named;
  const known = evidence.published?.scopes ?? [];
  const unknown = known.length > 0 ? asked.filter((scope) => !known.includes(scope)) : [];
  if (unknown.length > 0) return unknown;
  const unusual = asked.filter((scope) => !STANDARD.includes(scope));
  return unusual.length > 0 ? unusual : asked;
}

/** The scope that was refused: by the provider's words, by its document, or the unusual ones. */
export const refusedScope: Maker = (evidence) => {
  const { scopes } = evidence.connection;
  const odd = oddScopes(evidence);
  const all =
    odd.length > 1
      ? [
          remedy(`Remove the scopes ${odd.join(", ")}`, {
            scopes: scopes.filter((scope) => !odd.includes(scope)),
          }),
        ]
      : [];
  return [...odd.map((scope) => without(scopes, scope)), ...all];
};

/** A scope that was not asked for; never one that the provider's document leaves out. */
export const addScope =
  (scope: string): Maker =>
  ({ connection, published }) => {
    const known = published?.scopes ?? [];
    if (connection.scopes.includes(scope) || (known.length > 0 && !known.includes(scope)))
      return [];
    return [remedy(`Add the scope ${scope}`, { scopes: [...connection.scopes, scope] })];
  };

/** Scopes that the claims which did not come usually need, as `missingReason` found them. */
export const missingScopes: Maker = (evidence) =>
  (said(evidence, "Scopes to add") ?? "")
    .split(", ")
    .filter(Boolean)
    .flatMap((scope) => addScope(scope)(evidence));
