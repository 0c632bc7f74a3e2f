import { AUTH_METHOD_LABELS } from "../auth-method-labels";
import type { Remedy, TokenAuthMethod } from "../schema";
import { type Evidence, type Maker, remedy, said } from "./evidence";

export const pkceOn: Maker = ({ connection }) =>
  connection.pkce ? [] : [remedy("Turn on PKCE", { pkce_enabled: true })];

/** Never for a public client: PKCE is all that protects its code. */
export const pkceOff: Maker = ({ connection }) =>
  connection.pkce && connection.tokenAuthMethod !== "none"
    ? [remedy("Turn off PKCE", { pkce_enabled: false })]
    : [];

const SECRET_METHODS = [
  "client_secret_post",
  "client_secret_basic",
  "client_secret_basic_raw",
] as const satisfies readonly TokenAuthMethod[];

const authMethod = (method: TokenAuthMethod): Remedy =>
  remedy(`Set Token endpoint authentication to ${AUTH_METHOD_LABELS[method]}`, {
    token_auth_method: method,
  });

/** The way that the provider was seen to accept. */
export const acceptedMethod: Maker = (evidence) => {
  const label = said(evidence, "Accepted as");
  const method = SECRET_METHODS.find((one) => AUTH_METHOD_LABELS[one] === label);
  return method ? [authMethod(method)] : [];
};

const supports = ({ published }: Evidence, method: TokenAuthMethod): boolean => {
  const listed = published?.authMethods ?? [];
  return listed.length === 0 || listed.includes(method.replace(/_raw$/, ""));
};

/** The other ways to send the same secret, where nothing is proven. */
export const otherMethods: Maker = (evidence) => {
  const { clientSecret, tokenAuthMethod } = evidence.connection;
  if (!clientSecret || !SECRET_METHODS.some((one) => one === tokenAuthMethod)) return [];
  return SECRET_METHODS.filter(
    (method) => method !== tokenAuthMethod && supports(evidence, method),
  ).map(authMethod);
};

export const defaultPrompt: Maker = ({ connection }) =>
  connection.prompt === null ? [] : [remedy("Set Prompt to its default", { prompt: "" })];

export const anyAge: Maker = ({ connection }) =>
  (connection.maxAge ?? null) === null
    ? []
    : [remedy("Empty Maximum age of the sign-in", { max_age: "" })];

export const parOff: Maker = ({ connection }) =>
  connection.parUrl ? [remedy("Send the request by the browser", { par_url: "" })] : [];

/** The address that the provider's document has for pushed requests. */
export const publishedPar: Maker = ({ connection, published }) =>
  published?.parUrl && published.parUrl !== connection.parUrl
    ? [remedy(`Push the request to ${published.parUrl}`, { par_url: published.parUrl })]
    : [];

export const dpopOn: Maker = ({ connection }) =>
  connection.dpop ? [] : [remedy("Turn on DPoP", { dpop: true })];

export const dpopOff: Maker = ({ connection }) =>
  connection.dpop ? [remedy("Turn off DPoP", { dpop: false })] : [];

const MOST_TOLERANCE = 300;

/** A tolerance that covers a measured difference of clocks, in seconds; none beyond five minutes. */
export function toleranceFor(seconds: number, tolerance: number): Remedy[] {
  const needed = Math.ceil((Math.abs(seconds) + 10) / 10) * 10;
  if (!Number.isFinite(needed) || needed > MOST_TOLERANCE || needed <= tolerance) return [];
  return [remedy(`Raise Clock tolerance to ${needed} seconds`, { clock_tolerance: needed })];
}
