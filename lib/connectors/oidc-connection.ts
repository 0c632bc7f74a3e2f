import type * as z from "zod";
import type { Connection, Prompt } from "@/lib/oidc/schema";
import type { Config } from "./definition";
import {
  type AdvancedSettings,
  advancedConnection,
  advancedWarnings,
  tlsRule,
} from "./oidc-advanced";
import { MISSING_SECRET } from "./oidc-base";
import { type KeySettings, keyConnection, needsNoSecret } from "./oidc-keys";
import { parseWebUrl } from "./web-url";

const PUBLIC_NEEDS_PKCE =
  "Turn on PKCE. A public client has no secret, so PKCE is what protects the sign-in code.";

/** Adds the rule that every client proves itself: by a secret, or as a public client by PKCE. */
export function clientRule<S extends z.ZodObject>(settings: S): S {
  // Runs beside the rules of single fields, so that an admin sees every problem at once.
  const always = { when: () => true };
  const holds = (value: unknown, name: string) => (value as Config | null | undefined)?.[name];
  const isPublic = (value: unknown) => holds(value, "token_auth_method") === "none";
  const hasPkce = (value: unknown) => holds(value, "pkce_enabled") === true;
  const hasProof = (value: unknown) =>
    Boolean(holds(value, "client_secret")) || needsNoSecret(holds(value, "token_auth_method"));
  return tlsRule(settings)
    .refine((value) => hasProof(value) || (isPublic(value) && hasPkce(value)), {
      path: ["client_secret"],
      message: MISSING_SECRET,
      ...always,
    })
    .refine((value) => !isPublic(value) || hasPkce(value), {
      path: ["pkce_enabled"],
      message: PUBLIC_NEEDS_PKCE,
      ...always,
    });
}

interface ClientSettings extends AdvancedSettings, KeySettings {
  client_id: string;
  pkce_enabled: boolean;
  issuer?: string | undefined;
  scopes: string[];
  email_claim_name: string;
  claims: string[];
  prompt: "" | Prompt;
  clock_tolerance: number;
}

export interface Endpoints {
  authUrl: string;
  tokenUrl: string;
  certsUrl: string;
  userinfoUrl: string | null;
}

/** The connection of an OpenID Connect client. `issuer` stands for a config that names none. */
export function connectionOf(
  settings: ClientSettings,
  endpoints: Endpoints,
  issuer: string | null,
): Connection {
  return {
    clientId: settings.client_id,
    ...keyConnection(settings),
    tokenAuthMethod: settings.token_auth_method,
    ...endpoints,
    issuer: settings.issuer || issuer,
    scopes: settings.scopes,
    pkce: settings.pkce_enabled,
    prompt: settings.prompt || null,
    clockTolerance: settings.clock_tolerance,
    emailClaim: settings.email_claim_name,
    claims: settings.claims,
    ...advancedConnection(settings),
  };
}

interface EndpointSettings {
  auth_url: string;
  token_url: string;
  certs_url: string;
  userinfo_url?: string | undefined;
}

export const endpointsOf = (settings: EndpointSettings): Endpoints => ({
  authUrl: settings.auth_url,
  tokenUrl: settings.token_url,
  certsUrl: settings.certs_url,
  userinfoUrl: settings.userinfo_url || null,
});

const PLAIN =
  "This address is not encrypted. Gatehouse accepts it only for hosts that are allowed in Settings > System.";

/** The first plain-http address of a host that is not named on the allow list; one warning stands for all. */
function plainAddress(config: Config, allowed: readonly string[]): string | undefined {
  return Object.keys(config).find((name) => {
    const url = name === "issuer" ? null : parseWebUrl(config[name]);
    if (url?.protocol !== "http:") return false;
    return (
      !allowed.includes(url.hostname) && !allowed.includes(`${url.hostname}:${url.port || 80}`)
    );
  });
}

/** What is unusual but may be meant. `allowed` are the private hosts that this installation may call. */
export function oidcWarnings(
  config: Config,
  allowed: readonly string[],
): Partial<Record<string, string>> {
  const warnings = advancedWarnings(config);
  const plain = plainAddress(config, allowed);
  if (plain) warnings[plain] = PLAIN;
  if (typeof config.client_id === "string" && /\s/.test(config.client_id.trim())) {
    warnings.client_id = "This App ID contains a space. Was it copied whole?";
  }
  const [auth, token] = [parseWebUrl(config.auth_url), parseWebUrl(config.token_url)];
  if (auth && token && auth.hostname !== token.hostname) {
    warnings.token_url = `Token URL is on ${token.hostname} and Auth URL on ${auth.hostname}. Is that what your provider says?`;
  }
  return warnings;
}
