import { CLIENT_SECRET, PASSWORD, USERS } from "./accounts";
import type { ProviderPlan, RunningProvider } from "./create-provider";
import type { Fault, Finding } from "./faults/fault";
import type { Handler, Site } from "./site";

export interface PracticeFault extends Finding {
  clientId: string;
  title: string;
  expect: string;
  /** Values to paste instead of the provider's own, by config key. */
  fields?: Record<string, string>;
}

/** What a person or a test needs to use one practice provider. */
export interface PracticeProvider {
  id:
    | "generic"
    | "okta"
    | "okta-custom"
    | "authentik"
    | "keycloak"
    | "entra"
    | "entra-common"
    | "google"
    | "gitlab"
    | "github";
  label: string;
  /** What to know before it is added. */
  note?: string;
  /** Kind of the connector to add it with. */
  kind: string;
  /** Values to paste, by config key. */
  fields: Record<string, string>;
  users: { login: string; password: string; note: string }[];
  /** For the allow list. */
  hostPort: string;
  /** The same provider with one thing broken (`fault-`) or unusual (`variant-`), by client id. */
  faults: PracticeFault[];
}

export interface Entry {
  provider: PracticeProvider;
  handle: Handler;
}

const TYPES: Record<string, string> = {
  oidc: "OpenID Connect",
  okta: "Okta",
  authentik: "authentik",
  keycloak: "Keycloak",
  gitlab: "GitLab",
  github: "GitHub",
};

const LABELS: Record<string, string> = {
  discovery_url: "Discovery URL",
  client_id: "App ID",
  client_secret: "Client secret",
  token_url: "Token URL",
  certs_url: "Certificate URL",
  okta_account: "Okta account URL",
  authorization_server_id: "Authorization Server ID",
  api_token: "API token",
  authentik_url: "authentik URL",
  application_slug: "Application slug",
  keycloak_url: "Keycloak URL",
  realm: "Realm",
  gitlab_url: "GitLab URL",
  github_url: "GitHub URL",
  issuer: "Issuer",
  scopes: "Scopes",
  claims: "OIDC Claims",
  pkce_enabled: "Proof Key for Code Exchange (PKCE)",
  prompt: "Prompt",
  email_claim_name: "Email claim name",
  token_auth_method: "Token endpoint authentication",
  par_url: "Pushed authorization request URL",
  dpop: "Bind tokens to this server (DPoP)",
  max_age: "Maximum age of the sign-in",
  require_iss: "Require issuer in the answer",
  accept_hs256: "Accept HS256 (signed with the client secret)",
};

const inWords = (value: string | number | boolean | readonly string[]): string => {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(" ") : String(value);
};

/** Values to paste, by the words that the console has for them. */
export const labelled = (fields: NonNullable<Finding["setup"]>): [label: string, value: string][] =>
  Object.entries(fields).map(([key, value]) => [LABELS[key] ?? key, inWords(value)]);

/** What to choose in the console, by the words that it has for it. */
export const typeOf = ({ kind }: PracticeProvider): string => TYPES[kind] ?? kind;

interface About {
  id: PracticeProvider["id"];
  kind: string;
  /** Besides client id and secret. */
  fields: Record<string, string>;
  note?: string;
}

export const describeProvider = (
  { id, kind, fields, note }: About,
  { label, clientId, faults, base }: Pick<ProviderPlan, "label" | "clientId" | "faults" | "base">,
  { hostPort }: Site,
): PracticeProvider => ({
  id,
  label,
  ...(note && { note }),
  kind,
  fields: { ...fields, client_id: clientId, client_secret: CLIENT_SECRET },
  users: USERS.map(({ login, note }) => ({ login, password: PASSWORD, note })),
  hostPort,
  faults: faults.map((fault) => describeFault(fault, base)),
});

function describeFault(fault: Fault, base: string): PracticeFault {
  const { id, hooks: _hooks, client: _client, ...told } = fault;
  // Nothing but texts, so that the origin can take its place wherever it stands.
  const text = JSON.stringify(told).replaceAll("{base}", base);
  return { clientId: id, ...(JSON.parse(text) as Omit<PracticeFault, "clientId">) };
}

/** Answers the sign-in page of a provider, and what lies below the path of its issuer. */
export const mount =
  (running: RunningProvider, id: string, prefix: string): Handler =>
  async (request, response, { pathname }) => {
    if (pathname.startsWith(`/sign-in/${id}/`)) {
      await running.signIn(request, response);
      return true;
    }
    if (!pathname.startsWith(`${prefix}/`)) return false;
    // oidc-provider learns where it is mounted from the difference to the original URL.
    const originalUrl = request.url;
    await running.answer(
      Object.assign(request, { originalUrl, url: originalUrl?.slice(prefix.length) }),
      response,
    );
    return true;
  };
