import type { Remedy } from "../schema";
import { type AddressKey, addressesOf, type Evidence, type Maker, remedy, said } from "./evidence";

const addressOf = ({ connection }: Evidence, wanted: AddressKey) =>
  addressesOf(connection).find(({ key }) => key === wanted);

const asUrl = (text: string | null | undefined, base?: string): URL | null =>
  text && URL.canParse(text, base) ? new URL(text, base) : null;

/** The address that the provider's own document has in this place. */
export const fromDiscovery =
  (...keys: AddressKey[]): Maker =>
  (evidence) =>
    keys.flatMap((key) => {
      const published = evidence.published?.addresses[key];
      const { label, saved } = addressOf(evidence, key) ?? {};
      if (!published || !label || published === saved) return [];
      return [remedy(`Use the published ${label}: ${published}`, { [key]: published })];
    });

/** With the slash at the end where there was none, and the other way round. */
const otherSlash = (saved: string): string | null => {
  const url = asUrl(saved);
  if (!url || url.pathname === "/") return null;
  const [path = "", ...query] = saved.split("?");
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  return [other, ...query].join("?");
};

/** Not offered where the provider publishes the address: that one is right. */
export const slashCorrected =
  (key: AddressKey): Maker =>
  (evidence) => {
    const { label, saved } = addressOf(evidence, key) ?? {};
    const other = saved ? otherSlash(saved) : null;
    if (!other || evidence.published?.addresses[key]) return [];
    const act = other.length > (saved ?? "").length ? "with" : "without";
    return [remedy(`Use the ${label} ${act} a slash at the end`, { [key]: other })];
  };

/** Where a redirect leads: only on the same origin, or from http to https on the same host. */
export const redirectTarget =
  (key: AddressKey): Maker =>
  (evidence) => {
    const { label, saved } = addressOf(evidence, key) ?? {};
    const [from, to] = [asUrl(saved), asUrl(said(evidence, "Location"), saved ?? undefined)];
    if (!from || !to || to.username || to.password || to.hash || to.href === from.href) return [];
    const upgraded = from.protocol === "http:" && to.protocol === "https:";
    const same = to.origin === from.origin || (upgraded && to.hostname === from.hostname);
    return same
      ? [remedy(`Use ${to.href} as ${label}`, { [key]: to.href })]
      : slashCorrected(key)(evidence);
  };

/** The key address that the document at the Certificate URL names. */
export const jwksUri: Maker = (evidence) => {
  const [from, to] = [asUrl(evidence.connection.certsUrl), asUrl(said(evidence, "jwks_uri"))];
  const safe = to && (to.protocol === "https:" || to.protocol === from?.protocol);
  if (!safe || !/^https?:$/.test(to.protocol) || to.username || to.password || to.hash) return [];
  const address = said(evidence, "jwks_uri") ?? "";
  return [remedy(`Use ${address} as Certificate URL`, { certs_url: address })];
};

const KEY_OF: Record<string, AddressKey> = {
  "Auth URL": "auth_url",
  "Token URL": "token_url",
  "Certificate URL": "certs_url",
  "User info URL": "userinfo_url",
};

/** The same address by TLS. */
export const overTls: Maker = (evidence): Remedy[] => {
  const key = KEY_OF[said(evidence, "Field") ?? ""];
  const { label, saved } = (key && addressOf(evidence, key)) || {};
  if (!key || !saved?.startsWith("http://")) return [];
  return [remedy(`Use https:// for the ${label}`, { [key]: saved.replace(/^http:/, "https:") })];
};

const RESPONSE = ["response_type", "response_mode"];

/** The engine asks for a code in the query; what stands in the Auth URL itself would overrule that. */
export const withoutResponseMode: Maker = ({ connection }) => {
  const url = asUrl(connection.authUrl);
  if (!url || !RESPONSE.some((name) => url.searchParams.has(name))) return [];
  for (const name of RESPONSE) url.searchParams.delete(name);
  return [remedy("Remove the response mode from the Auth URL", { auth_url: url.href })];
};
