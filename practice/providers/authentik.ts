import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type PracticeUser, standardClaims } from "../accounts";
import { createProvider, type ProviderPlan } from "../create-provider";
import { describeProvider, type Entry, mount } from "../entry";
import { onCallback } from "../faults/callback";
import { sendHtml, sendJson } from "../faults/certificates";
import type { Fault, Hook, Workshop } from "../faults/fault";
import { encrypted, symmetric, withClaims } from "../faults/reissue";
import type { Handler, Site } from "../site";

const ROOT = "/application/o";
const SLUG = "gatehouse";
const SCOPES = ["openid", "email", "profile"];
const CLAIMS = {
  openid: ["sub", "amr"],
  email: ["email", "email_verified"],
  profile: ["name", "given_name", "preferred_username", "nickname", "groups"],
};

/** One application of the authentik-like server: only discovery and keys depend on its slug. */
interface Application {
  issuer: (base: string) => string;
  alg: "RS256" | "HS256";
}

const perSlug = (slug: string) => (base: string) => `${base}${ROOT}/${slug}/`;

const APPLICATIONS = new Map<string, Application>([
  [SLUG, { issuer: perSlug(SLUG), alg: "RS256" }],
  ["no-signing-key", { issuer: perSlug("no-signing-key"), alg: "HS256" }],
  ["encryption-key", { issuer: perSlug("encryption-key"), alg: "RS256" }],
  ["global-issuer", { issuer: (base) => `${base}/`, alg: "RS256" }],
]);

const issuedFor =
  (slug: string, ...more: Hook[]): Hook =>
  async (context, workshop) => {
    const issuer = APPLICATIONS.get(slug)?.issuer(workshop.base);
    await withClaims((payload) => ({ ...payload, iss: issuer }))(context, workshop);
    for (const hook of more) await hook(context, workshop);
  };

const FAULTS: readonly Fault[] = [
  {
    id: "fault-token-slash",
    title: "Token URL without the slash at its end",
    expect: "The Token URL did not answer as expected; the button takes the published one.",
    code: "token_not_found",
    remedy: `Use the published Token URL: {base}${ROOT}/token/`,
    fields: { token_url: `{base}${ROOT}/token` },
  },
  {
    id: "fault-no-signing-key",
    title: "Provider without a signing key",
    expect: "The Certificate URL returned no signing keys: select a Signing Key in authentik.",
    code: "jwks_empty",
    fields: { application_slug: "no-signing-key" },
    hooks: { token: issuedFor("no-signing-key", symmetric) },
  },
  {
    id: "variant-hs256",
    title: "Provider without a signing key, with Accept HS256 on",
    expect: "Passes: the client secret signs, by choice.",
    code: null,
    setup: { accept_hs256: true },
    fields: { application_slug: "no-signing-key" },
    hooks: { token: issuedFor("no-signing-key", symmetric) },
  },
  {
    id: "fault-encryption-key",
    title: "Provider with an encryption key",
    expect: "The ID token is encrypted: clear the Encryption Key in authentik.",
    code: "id_token_encrypted",
    fields: { application_slug: "encryption-key" },
    hooks: { token: issuedFor("encryption-key", encrypted) },
  },
  {
    id: "variant-global-issuer",
    title: "Issuer mode: same identifier for all providers",
    expect: "Passes; the issuer is the server's own address.",
    code: null,
    fields: { application_slug: "global-issuer" },
    hooks: { token: issuedFor("global-issuer") },
  },
];

const discoveryOf = (base: string, slug: string, { issuer, alg }: Application) => ({
  issuer: issuer(base),
  authorization_endpoint: `${base}${ROOT}/authorize/`,
  token_endpoint: `${base}${ROOT}/token/`,
  userinfo_endpoint: `${base}${ROOT}/userinfo/`,
  jwks_uri: `${base}${ROOT}/${slug}/jwks/`,
  response_types_supported: ["code", "id_token", "code token"],
  response_modes_supported: ["query", "fragment", "form_post"],
  grant_types_supported: ["authorization_code"],
  id_token_signing_alg_values_supported: [alg],
  subject_types_supported: ["public"],
  token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
  acr_values_supported: ["goauthentik.io/providers/oauth2/default"],
  scopes_supported: SCOPES,
  claims_supported: ["iss", "aud", "exp", "iat", ...Object.values(CLAIMS).flat()],
  code_challenge_methods_supported: ["plain", "S256"],
});

function planFor(base: string, redirectUris: readonly string[]): ProviderPlan {
  const withoutIss = onCallback((params) => params.delete("iss"));
  return {
    id: "authentik",
    label: "authentik-like",
    base,
    issuer: perSlug(SLUG)(base),
    clientId: "gatehouse",
    redirectUris,
    routes: {
      authorization: "/authorize/",
      token: "/token/",
      userinfo: "/userinfo/",
      jwks: "/jwks/",
    },
    scopes: SCOPES,
    claims: CLAIMS,
    subjectOf: ({ login }: PracticeUser) =>
      createHash("sha256").update(`authentik ${login}`).digest("hex"),
    claimsOf: (user) => ({
      ...standardClaims(user),
      nickname: user.login,
      groups: user.groups,
    }),
    faults: FAULTS,
    hooks: { authorization: withoutIss, resume: withoutIss },
  };
}

/** What belongs to one application: discovery, keys, and the way from its own address to discovery. */
function answerForApplication(
  response: ServerResponse,
  { base, key }: Workshop,
  slug: string,
  page: string,
): boolean {
  const application = APPLICATIONS.get(slug);
  if (!application) return false;
  if (page === "/") {
    response.writeHead(302, {
      location: `${base}${ROOT}/${slug}/.well-known/openid-configuration`,
    });
    response.end();
  } else if (page === "/.well-known/openid-configuration") {
    sendJson(response, discoveryOf(base, slug, application));
  } else if (page === "/jwks/") {
    sendJson(response, application.alg === "HS256" ? {} : { keys: [key.publicJwk] });
  } else return false;
  return true;
}

/** An authentik-like server. Its paths end with a slash; without it there is Django's 404 page. */
export async function startAuthentik(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const plan = planFor(site.base, redirectUris);
  const running = await createProvider(plan);
  const shared = mount(running, plan.id, ROOT);

  const handle: Handler = async (request, response, url) => {
    const { pathname } = url;
    const forEveryApplication = /^\/application\/o\/(authorize\/[^/]*|token\/|userinfo\/)$/;
    if (pathname.startsWith("/sign-in/") || forEveryApplication.test(pathname)) {
      return shared(request, response, url);
    }
    const [, slug = "", page = ""] = pathname.match(/^\/application\/o\/([^/]+)(\/.*)$/) ?? [];
    if (answerForApplication(response, running.workshop, slug, page)) return true;
    if (request.method === "GET" && !pathname.endsWith("/") && pathname.startsWith(ROOT)) {
      response.writeHead(301, { location: `${pathname}/${url.search}` });
      response.end();
    } else sendHtml(response, "Not Found", 404);
    return true;
  };
  return {
    provider: describeProvider(
      {
        id: "authentik",
        kind: "authentik",
        fields: { authentik_url: site.base, application_slug: SLUG },
      },
      plan,
      site,
    ),
    handle,
  };
}
