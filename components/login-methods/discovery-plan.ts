import type { Config, ConnectorField } from "@/lib/connectors/definition";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";
import { inWords, isBlank, isSame } from "./field-values";

/** Where a field's value came from; a field that is not listed holds an untouched default. */
export type Source = "saved" | "typed" | "computed" | "discovery" | "edited" | "check";
export type Sources = Readonly<Record<string, Source>>;

/** A value that discovery would not overwrite without being asked. */
export interface Difference {
  name: string;
  label: string;
  current: string;
  found: string;
  value: unknown;
  /** Tokens would fail the check of `iss`. */
  severe: boolean;
}

export interface Missing {
  /** Key of the discovery document, such as `jwks_uri`. */
  key: string;
  name: string;
  label: string;
}

/** What a discovery document changes in a form. */
export interface Plan {
  url: string;
  fill: Config;
  differences: Difference[];
  missing: Missing[];
  /** Issuer of a document that stands under another address, or null. */
  otherIssuer: string | null;
  summary: string;
  /** What else the document gives to think about, as sentences. */
  notes: string[];
  /** What the provider offers besides. */
  tips: string[];
}

const DOCUMENT_KEYS: Record<string, string> = {
  authorization_endpoint: "auth_url",
  token_endpoint: "token_url",
  jwks_uri: "certs_url",
};
const ENDPOINTS = Object.values(DOCUMENT_KEYS);

const MAY_FILL: ReadonlySet<Source | undefined> = new Set([undefined, "computed", "discovery"]);

export const mayFill = (values: Config, sources: Sources, name: string): boolean =>
  isBlank(values[name]) || MAY_FILL.has(sources[name]);

/** Whether the current value does already what discovery suggests. */
function suffices(name: string, current: unknown, found: unknown): boolean {
  if (isSame(current, found) || isBlank(found) || found === false) return true;
  if (name === "scopes" && Array.isArray(current) && Array.isArray(found)) {
    return found.every((scope) => current.includes(scope));
  }
  return name === "token_auth_method" && String(current).startsWith(String(found));
}

const listed = (items: string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

/** `Auth, Token and Certificate URL, issuer, PKCE (S256), 4 scopes`. */
function inShort(fill: Config, fields: readonly ConnectorField[]): string {
  const label = (name: string) => fields.find((field) => field.name === name)?.label ?? name;
  const urls = ENDPOINTS.filter((name) => name in fill).map((name) =>
    label(name).replace(/ URL$/, ""),
  );
  const others = Object.entries(fill)
    .filter(([name]) => !ENDPOINTS.includes(name))
    .map(([name, value]) => {
      if (name === "pkce_enabled") return "PKCE (S256)";
      if (Array.isArray(value)) return `${value.length} ${label(name).toLowerCase()}`;
      return name === "issuer" ? "issuer" : label(name);
    });
  return [...(urls.length > 0 ? [`${listed(urls)} URL`] : []), ...others].join(", ");
}

function summaryOf(fill: Config, missing: Missing[], fields: readonly ConnectorField[]): string {
  if (missing.length > 0) {
    const all = ENDPOINTS.filter((name) => fields.some((field) => field.name === name)).length;
    const asks = missing.map(({ key, label }) => `${key} is missing: enter the ${label} by hand.`);
    return `Filled ${all - missing.length} of ${all}. ${asks.join(" ")}`;
  }
  const short = inShort(fill, fields);
  return short === "" ? "Every value matches what your provider publishes." : `Filled ${short}`;
}

/** Compares a document with a form: what is filled, what is only offered, what is missing. */
export function planFor(
  report: DiscoveryReport,
  form: { fields: readonly ConnectorField[]; values: Config; sources: Sources },
): Plan {
  const { fields, values, sources } = form;
  const fill: Config = {};
  const differences: Difference[] = [];
  for (const field of fields) {
    const { name, label } = field;
    const value = report.discovered[name];
    if (value === undefined || suffices(name, values[name], value)) continue;
    const doubtful = name === "issuer" && !report.issuerMatches;
    if (mayFill(values, sources, name) && !doubtful) fill[name] = value;
    else {
      const [current, found] = [inWords(field, values[name]), inWords(field, value)];
      differences.push({ name, label, current, found, value, severe: name === "issuer" });
    }
  }
  const missing = report.missing.flatMap((key) => {
    const field = fields.find(({ name }) => name === DOCUMENT_KEYS[key]);
    return field && isBlank(values[field.name])
      ? [{ key, name: field.name, label: field.label }]
      : [];
  });
  return {
    url: report.documentUrl,
    fill,
    differences,
    missing,
    otherIssuer:
      report.issuerMatches || report.issuer === "" || values.issuer === report.issuer
        ? null
        : report.issuer,
    summary: summaryOf(fill, missing, fields),
    notes: report.notes.filter((note) => !note.includes("names the issuer")),
    tips: report.tips,
  };
}
