import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ClientMetadata, Configuration, KoaContextWithOIDC, Provider } from "oidc-provider";
import { CLIENT_SECRET, type PracticeUser, USERS } from "./accounts";
import type { Fault, Hooks, Workshop } from "./faults/fault";
import { escapeHtml, PAGE_HEADERS, renderPage } from "./html";
import { makeSigningKey } from "./keys";
import { loginPage } from "./login-page";
import { memoryAdapter } from "./memory";

/** The client whose DPoP proofs need a nonce of the provider. */
const WITH_NONCE = "variant-dpop-nonce";

export interface ProviderPlan {
  /** Names its cookies and its sign-in page; unique on this machine. */
  id: string;
  label: string;
  base: string;
  issuer: string;
  clientId: string;
  /** May hold `{team}` in the host. */
  redirectUris: readonly string[];
  routes: Configuration["routes"];
  scopes: readonly string[];
  /** Claim names by scope. */
  claims: Record<string, string[]>;
  subjectOf(user: PracticeUser): string;
  /** `use` is `id_token` or `userinfo`. */
  claimsOf(user: PracticeUser, use: string, clientId: string): Record<string, unknown>;
  faults: readonly Fault[];
  /** For every client, before the fault's own. */
  hooks?: Hooks;
  extraAlgs?: readonly "ES256"[];
  /** Takes pushed requests (PAR) and binds tokens to keys (DPoP), as this product does. */
  pushesAndBinds?: boolean;
  /** Takes signatures of clients (private_key_jwt), and encrypts ID tokens to their keys. */
  knowsClientKeys?: boolean;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface RunningProvider {
  workshop: Workshop;
  /** Answers a protocol request; the path is relative to the issuer. */
  answer: Listener;
  /** Answers below `/sign-in/<id>/`. */
  signIn: Listener;
}

/** oidc-provider says on import that Node 20 is unsupported; all that practice needs works there. */
async function loadQuietly(): Promise<typeof import("oidc-provider")> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes("Unsupported runtime")) warn(...words);
  };
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}

const pattern = (redirectUri: string): RegExp =>
  new RegExp(
    `^${redirectUri
      .split("{team}")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[a-z0-9-]+")}$`,
  );

function clientsOf({ clientId, faults, redirectUris, base }: ProviderPlan): ClientMetadata[] {
  return [{ id: clientId }, ...faults].map((fault: { id: string } & Partial<Fault>) => ({
    client_id: fault.id,
    client_secret: CLIENT_SECRET,
    token_endpoint_auth_method: "client_secret_post",
    redirect_uris: redirectUris.map((uri) => uri.replace("{team}", "team")),
    ...fault.client,
    ...(fault.client?.jwks_uri && { jwks_uri: fault.client.jwks_uri.replace("{base}", base) }),
  }));
}

const featuresOf = ({ knowsClientKeys, pushesAndBinds }: ProviderPlan) =>
  ({
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    encryption: { enabled: knowsClientKeys === true },
    pushedAuthorizationRequests: { enabled: pushesAndBinds === true },
    dPoP: {
      enabled: pushesAndBinds === true,
      nonceSecret: randomBytes(32),
      requireNonce: ({ oidc }) => oidc.client?.clientId === WITH_NONCE,
    },
  }) satisfies Configuration["features"];

/** Reads the keys of clients, which this site serves itself: oidc-provider's guard refuses loopback. */
const fetchOwn =
  (base: string): NonNullable<Configuration["fetch"]> =>
  async (address, { headers, signal } = {}) => {
    const url = new URL(String(address));
    if (url.origin !== base) throw new Error(`${url} is not of this site`);
    return fetch(url, { ...(headers && { headers }), ...(signal && { signal }) });
  };

const methodsOf = ({ knowsClientKeys, extraAlgs = [] }: ProviderPlan) =>
  ({
    clientAuthMethods: [
      "client_secret_post",
      "client_secret_basic",
      ...(knowsClientKeys ? (["private_key_jwt"] as const) : []),
      "none",
    ],
    enabledJWA: {
      idTokenSigningAlgValues: ["RS256", ...extraAlgs],
      ...(knowsClientKeys && {
        idTokenEncryptionAlgValues: ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES"] as const,
        idTokenEncryptionEncValues: [
          "A128GCM",
          "A256GCM",
          "A128CBC-HS256",
          "A256CBC-HS512",
        ] as const,
      }),
    },
  }) satisfies Pick<Configuration, "clientAuthMethods" | "enabledJWA">;

async function configurationOf(plan: ProviderPlan, keys: Workshop["key"][]) {
  const { interactionPolicy } = await loadQuietly();
  const policy = interactionPolicy.base();
  for (const name of ["consent", "select_account"]) {
    policy.remove(name);
    policy.add(new interactionPolicy.Prompt({ name, requestable: true }));
  }
  const bySubject = new Map(USERS.map((user) => [plan.subjectOf(user), user]));
  const names = Object.fromEntries(
    ["session", "interaction", "resume", "state"].map((type) => [type, `${plan.id}_${type}`]),
  );
  return {
    jwks: { keys: keys.map(({ privateJwk }) => privateJwk) },
    clients: clientsOf(plan),
    adapter: memoryAdapter(),
    cookies: { names },
    routes: plan.routes,
    scopes: [...plan.scopes],
    claims: plan.claims,
    conformIdTokenClaims: false,
    ...methodsOf(plan),
    pkce: { required: () => false },
    features: featuresOf(plan),
    fetch: fetchOwn(plan.base),
    interactions: { policy, url: (_, { uid }) => `/sign-in/${plan.id}/${uid}` },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 900,
      Grant: 900,
      Session: 900,
    },
    findAccount: (context, sub) => {
      const user = bySubject.get(sub);
      const clientId = context.oidc.client?.clientId ?? "";
      return (
        user && {
          accountId: sub,
          claims: (use) => ({ sub, ...plan.claimsOf(user, use, clientId) }),
        }
      );
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope([...oidc.requestParamScopes].join(" "));
      await grant.save();
      return grant;
    },
    renderError: (context, { error, error_description }) => {
      context.set(PAGE_HEADERS);
      context.body = renderPage({
        title: `Error - ${plan.label}`,
        body: `<h1>This sign-in request cannot be used</h1><p class="problem">${escapeHtml(error_description ?? error)}</p>
<p class="muted">${escapeHtml(plan.label)}: <code>${escapeHtml(error)}</code></p>`,
      });
    },
  } satisfies Configuration;
}

/** Runs the hooks of the client after oidc-provider has prepared its answer. */
function hooksFor(plan: ProviderPlan, workshop: Workshop) {
  const byClient = new Map(plan.faults.map(({ id, hooks }) => [id, hooks]));
  return async (context: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const { oidc } = context;
    if (!oidc) return;
    const route = oidc.route as keyof Hooks;
    await plan.hooks?.[route]?.(context, workshop);
    await byClient.get(oidc.client?.clientId ?? "")?.[route]?.(context, workshop);
  };
}

/** What oidc-provider keeps of the keys of a client; its types leave it out. */
interface WithKeyStore {
  asymmetricKeyStore: { freshUntil: number };
}

/** It would keep the keys of a client for a minute: whoever practises has just made new ones. */
async function forgetKeys(provider: Provider, { faults }: ProviderPlan): Promise<void> {
  for (const { id } of faults.filter(({ client }) => client?.jwks_uri)) {
    const client = (await provider.Client.find(id)) as WithKeyStore | undefined;
    if (client) client.asymmetricKeyStore.freshUntil = 0;
  }
}

/** No session is kept at the provider, so that each sign-in may be another user's. */
function forgetSession(request: IncomingMessage, id: string): void {
  request.headers.cookie = request.headers.cookie
    ?.split(/;\s*/)
    .filter((cookie) => !cookie.startsWith(`${id}_session`))
    .join("; ");
}

/** One OpenID provider of npm oidc-provider with its sign-in page, not yet listening. */
export async function createProvider(plan: ProviderPlan): Promise<RunningProvider> {
  const { Provider } = await loadQuietly();
  const keys = await Promise.all(["RS256" as const, ...(plan.extraAlgs ?? [])].map(makeSigningKey));
  const [key] = keys;
  if (!key) throw new Error("A provider needs a signing key.");
  const provider = new Provider(plan.issuer, await configurationOf(plan, keys));
  const workshop: Workshop = { base: plan.base, issuer: plan.issuer, key };

  const allowed = plan.redirectUris.map(pattern);
  provider.Client.prototype.redirectUriAllowed = (uri) => allowed.some((one) => one.test(uri));
  provider.use(hooksFor(plan, workshop));
  provider.on("server_error", (_, error) => {
    process.stderr.write(`${plan.label}: ${error.stack ?? error.message}\n`);
  });
  // Koa would print every connection that a client gave up.
  provider.silent = true;

  const callback = provider.callback();
  return {
    workshop,
    answer: async (request, response) => {
      forgetSession(request, plan.id);
      await forgetKeys(provider, plan);
      await callback(request, response);
    },
    signIn: loginPage(provider, plan.label, plan.subjectOf),
  };
}
