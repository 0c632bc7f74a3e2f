import * as z from "zod";
import { findConnector } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import type { LoginMethod } from "@/lib/login-methods/schema";
import type { FormStart } from "./start-schema";

const MOST = 50;
const claim = z.string().trim().min(1).max(200);

/** Claims of a result that a form is to begin with. */
export interface WantedClaims {
  /** To be added to OIDC Claims, as they are written there. */
  claims: string[];
  /** To be the Email claim name. */
  email: string | null;
}

type Query = Record<string, string | string[] | undefined>;

/** From `?use=<claim>`, once or more often, and `?use_email=<claim>`; null when neither is there. */
export function wantedClaims(query: Query): WantedClaims | null {
  const claims = [query.use ?? []].flat().flatMap((text) => claim.safeParse(text).data ?? []);
  const email = claim.safeParse(query.use_email).data ?? null;
  if (claims.length === 0 && email === null) return null;
  return { claims: [...new Set(claims)].slice(0, MOST), email };
}

const isText = (value: unknown): value is string => typeof value === "string";

function changesFor(config: Config, { claims, email }: WantedClaims) {
  const saved = Array.isArray(config.claims) ? config.claims.filter(isText) : [];
  const added = claims.filter((name) => !saved.includes(name));
  const fields: { name: string; before: unknown; after: unknown }[] = [];
  if (added.length > 0) {
    fields.push({ name: "claims", before: saved, after: [...saved, ...added] });
  }
  if (email !== null && email !== config.email_claim_name) {
    fields.push({ name: "email_claim_name", before: config.email_claim_name, after: email });
  }
  return fields;
}

const savedStart = ({ id, kind, name, config, scim }: LoginMethod): FormStart => ({
  loginMethodId: id,
  kind,
  from: null,
  secrets: {},
  values: { name, config, scim },
  fix: null,
  runId: null,
  tested: null,
});

/**
 * What a form begins with when claims of a result are to be used: an unsaved change that can be
 * undone. `start` is what it begins with anyway, in place of what is saved; it is answered as it is
 * when there is nothing to change.
 */
export function startWithClaims(
  method: LoginMethod | null,
  start: FormStart | null,
  wanted: WantedClaims,
): FormStart | null {
  const begin = start ?? (method && savedStart(method));
  if (!begin) return start;
  const { config } = begin.values;
  const fields = findConnector(begin.kind)?.fields ?? [];
  const changes = changesFor(config, wanted).filter((change) =>
    fields.some(({ name }) => name === change.name),
  );
  if (changes.length === 0) return start;
  const changed = Object.fromEntries(changes.map(({ name, after }) => [name, after]));
  return {
    ...begin,
    values: { ...begin.values, config: { ...config, ...changed } },
    fix: { title: "Changed by what the test brought", changes },
    runId: null,
    tested: null,
  };
}
