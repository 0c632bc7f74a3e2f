import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectorFor, isConnectorKind } from "@/lib/connectors";
import type { Config, Connector } from "@/lib/connectors/definition";
import { type AppError, isAppError } from "@/lib/kit/errors";
import { readDiscovery } from "@/lib/oidc/discovery";
import { complete, prepare } from "@/lib/oidc/round-trip";
import { type Connection, type Outcome, outcomeSchema } from "@/lib/oidc/schema";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { CLIENT_SECRET } from "./accounts";
import { KEY_VARIANTS } from "./faults/client-keys";
import { REQUEST_FAULTS } from "./faults/requests";
import { type Practice, type PracticeProvider, startPractice } from "./index";
import { signInAt } from "./sign-in";

const CALLBACK = "http://localhost:3999/cdn-cgi/access/callback";
const NEVER_SHOWN = /undefined|\[object|\bNaN\b|\n\s+at /;
const HANGS = 30_000;

// Keys are made and tokens signed, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let practice: Practice;
let policy: OutboundPolicy;
beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  policy = { allow: practice.providers.map(({ hostPort }) => hostPort) };
});
afterAll(() => practice.stop());

const provider = (id: PracticeProvider["id"]): PracticeProvider => {
  const found = practice.providers.find((one) => one.id === id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};

function connectorOf({ kind }: PracticeProvider): Connector {
  if (!isConnectorKind(kind)) throw new Error(`no connector ${kind}`);
  return connectorFor(kind);
}

interface Run {
  provider?: PracticeProvider["id"];
  clientId?: string;
  user?: string;
  deny?: boolean;
  /** Over what was typed and discovered. */
  config?: Config;
  /** Over what the connector makes of it. */
  connection?: Partial<Connection>;
}

/** What an admin would have saved: the values to paste, and what discovery fills in. */
async function savedConfig({ provider: id = "generic", clientId, config }: Run): Promise<Config> {
  const from = provider(id);
  const connector = connectorOf(from);
  const fault = from.faults.find((one) => one.clientId === clientId);
  const typed = { ...from.fields, ...(clientId && { client_id: clientId }) };
  const own = Object.fromEntries(
    Object.entries(fault?.fields ?? {}).filter(([name]) => name !== "discovery_url"),
  );
  const address = connector.discoveryUrl({ ...typed, ...own });
  if (!address) throw new Error(`${id} gives no discovery address`);
  const { discovered } = await readDiscovery(policy, address);
  const names = new Set(connector.fields.map(({ name }) => name));
  const filled = Object.entries(discovered).filter(([name]) => names.has(name));
  return { ...Object.fromEntries(filled), ...typed, ...own, ...config };
}

interface Result {
  outcome: Outcome;
  /** Values that must be nowhere in the outcome. */
  planted: string[];
}

/** One whole Test: what is saved, the way to the provider, the sign-in, the way back. */
async function runTest(run: Run): Promise<Result> {
  const connector = connectorOf(provider(run.provider ?? "generic"));
  const connection = {
    ...connector.open(await savedConfig(run), null),
    ...run.connection,
  };
  const attempt = {
    state: randomBytes(24).toString("base64url"),
    nonce: randomBytes(24).toString("base64url"),
    codeVerifier: randomBytes(32).toString("base64url"),
    redirectUri: CALLBACK,
  };
  const planted = [CLIENT_SECRET, attempt.codeVerifier];
  if (connection.groupsApi) planted.push(connection.groupsApi.token);
  const begun = await prepare(connection, policy, attempt, { steps: [], advice: connector.advice });
  if (begun.url === null) {
    const { steps, diagnosis } = begun;
    const outcome: Outcome = {
      status: "failed",
      steps,
      diagnosis,
      warnings: [],
      identity: null,
      claims: null,
      issuer: null,
    };
    return { outcome, planted };
  }
  const back = await signInAt(begun.url, run.user ?? "ada", { deny: run.deny ?? false });
  const query = new URL(back).searchParams;
  const code = query.get("code");
  const outcome = await complete(connection, policy, attempt, query, {
    steps: begun.steps,
    advice: connector.advice,
  });
  return { outcome, planted: code ? [...planted, code] : planted };
}

/** Every string of a value that a person may read. */
function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value && typeof value === "object") {
    for (const inner of Object.values(value)) yield* texts(inner);
  }
}

/** Nothing secret, nothing unreadable; what the provider itself said may be odd. */
function expectClean({ outcome, planted }: Result): void {
  expect(outcomeSchema.safeParse(outcome).error).toBeUndefined();
  const json = JSON.stringify(outcome);
  for (const secret of planted) {
    expect(json).not.toContain(secret);
    expect(json).not.toContain(encodeURIComponent(secret));
  }
  expect(json).not.toMatch(/eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/);
  expect(json).not.toMatch(/access_token\W{1,9}[\w-]{20,}/);
  expect(json).not.toMatch(/(Bearer|Basic) [\w+/=-]{20,}/);
  const { steps, diagnosis, warnings } = outcome;
  for (const text of texts({ steps, diagnosis, warnings })) expect(text).not.toMatch(NEVER_SHOWN);
  for (const { facts } of steps) {
    expect(new Set(facts.map(({ label }) => label)).size).toBe(facts.length);
  }
  for (const one of diagnosis ? [diagnosis, ...warnings] : warnings) {
    expect(one.title).not.toBe("");
    expect(one.cause).not.toBe("");
    expect(one.fixes.length).toBeGreaterThan(0);
    expect(`${one.title} ${one.cause} ${one.fixes.join(" ")}`).not.toMatch(/[{}]|\.\./);
  }
}

describe("a Test of every practice provider", () => {
  test.each(["generic", "okta", "okta-custom", "authentik", "keycloak"] as const)(
    "%s passes and shows who signed in, from discovery to identity",
    async (id) => {
      const result = await runTest({ provider: id });
      expect(result.outcome.diagnosis).toBeNull();
      // Keycloak sends full paths, which is noted.
      const notes = id === "keycloak" ? ["groups_paths"] : [];
      expect(result.outcome.warnings.map(({ code }) => code)).toEqual(notes);
      expect(result.outcome.status).toBe("passed");
      expect(result.outcome.identity).toMatchObject({
        email: { value: "ada@example.com" },
        name: { value: "Ada Lovelace" },
      });
      expect(result.outcome.steps.map(({ step }) => step)).toEqual([
        "configuration",
        "keys",
        "authorize",
        "callback",
        "exchange",
        "id_token",
        "user_info",
        "identity",
      ]);
      expectClean(result);
    },
  );

  test.each([
    ["generic", "admins"],
    ["okta", "Everyone"],
    ["okta-custom", "Everyone"],
    ["authentik", "Zürich office"],
    ["keycloak", "/staff/admins"],
  ] as const)("%s sends groups as that product does", async (id, group) => {
    const { outcome } = await runTest({ provider: id });
    expect(outcome.identity?.groups?.value).toContain(group);
  });

  test("shows saved claims of every shape as the values that a policy can match", async () => {
    const claims = [
      "org",
      "roles",
      "https://acme.example/claims/department",
      "cognito:groups",
      "is_admin",
      "never-sent",
    ];
    const result = await runTest({ config: { claims } });
    const { identity, warnings } = result.outcome;
    const values = Object.fromEntries(
      (identity?.custom ?? []).map((claim) => [claim.name, claim.values]),
    );
    expect(values.org).toContainEqual({ path: "unit.name", value: "Engineering unit" });
    expect(values["cognito:groups"]).toContainEqual({ path: "", value: "eu-west-1:admins" });
    expect(values["https://acme.example/claims/department"]).toEqual([
      { path: "", value: "Engineering & more" },
    ]);
    expect(values.is_admin).toEqual([{ path: "", value: "true" }]);
    expect(identity?.missing.map(({ name }) => name)).toEqual(["never-sent"]);
    expect(warnings.map(({ code }) => code)).toEqual(["claims_missing"]);
    expectClean(result);
  });

  test.each([
    ["eve", "failed", "no_email"],
    ["mallory", "passed_with_warnings", "email_unverified"],
  ] as const)("tells about %s", async (user, status, code) => {
    const result = await runTest({ user });
    const { diagnosis, warnings } = result.outcome;
    expect(result.outcome.status).toBe(status);
    expect([...(diagnosis ? [diagnosis] : []), ...warnings].map((one) => one.code)).toContain(code);
    expectClean(result);
  });

  test("tells that the user pressed Deny", async () => {
    const result = await runTest({ deny: true });
    expect(result.outcome.diagnosis?.code).toBe("access_denied");
    expectClean(result);
  });
});

/** Client, diagnosis and step. The same code twice is the same mistake to mend. */
const FAILURES: readonly [string, string, string, Config?][] = [
  ["fault-jwks-html", "jwks_html", "keys"],
  ["fault-jwks-empty", "jwks_empty", "keys"],
  ["fault-jwks-404", "jwks_not_found", "keys"],
  ["fault-jwks-other-keys", "kid_unknown", "id_token"],
  ["fault-forged-signature", "bad_signature", "id_token"],
  ["fault-unknown-kid", "kid_unknown", "id_token"],
  ["fault-wrong-audience", "aud_mismatch", "id_token"],
  ["fault-wrong-issuer", "iss_mismatch", "id_token"],
  ["fault-wrong-nonce", "nonce_mismatch", "id_token"],
  ["fault-no-nonce", "nonce_missing", "id_token"],
  ["fault-expired", "expired", "id_token"],
  ["fault-future", "not_yet_valid", "id_token"],
  ["fault-alg-none", "alg_none", "id_token"],
  ["fault-hs256", "alg_symmetric", "id_token"],
  ["fault-encrypted", "id_token_encrypted", "id_token"],
  ["fault-garbled-id-token", "id_token_malformed", "id_token"],
  ["fault-no-id-token", "no_id_token", "exchange"],
  ["fault-no-email", "no_email", "identity"],
  ["fault-invalid-client", "invalid_client", "exchange"],
  ["fault-invalid-client-challenge", "invalid_client", "exchange"],
  ["fault-secret-echo", "invalid_client", "exchange"],
  ["fault-invalid-grant", "invalid_grant", "exchange"],
  ["fault-token-html", "token_html", "exchange"],
  ["fault-token-500", "token_server_error", "exchange"],
  ["fault-token-truncated", "token_bad_json", "exchange"],
  ["fault-token-redirect", "token_redirect", "exchange"],
  ["fault-token-huge", "token_too_large", "exchange"],
  ["fault-access-denied", "access_denied", "callback"],
  ["fault-invalid-scope", "invalid_scope", "callback"],
  ["fault-requires-pkce", "pkce_required", "callback", { pkce_enabled: false }],
  ["fault-no-code", "no_code", "callback"],
  ["fault-no-state", "state_missing", "callback"],
  ["fault-wrong-state", "state_mismatch", "callback"],
  ["fault-error-without-state", "callback_error_unverified", "callback"],
  ["fault-wrong-iss-parameter", "callback_iss_mismatch", "callback"],
  ["variant-basic", "invalid_client_method", "exchange"],
  [
    "variant-basic-without-encoding",
    "invalid_client_method",
    "exchange",
    { token_auth_method: "client_secret_basic" },
  ],
];

describe("a Test of a provider that misbehaves", () => {
  test.each(FAILURES)("%s: %s at %s", async (clientId, code, step, config = {}) => {
    const result = await runTest({ clientId, config });
    const { status, diagnosis, steps, identity } = result.outcome;
    expect([status, diagnosis?.code, diagnosis?.step]).toEqual(["failed", code, step]);
    expect(steps.at(-1)).toMatchObject({ step, status: "failed" });
    if (step !== "identity") expect(identity).toBeNull();
    expectClean(result);
  });

  test("has an expected diagnosis for every fault that it offers", () => {
    const tested = new Set([
      ...FAILURES.map(([clientId]) => clientId),
      ...SILENT.map(([clientId]) => clientId),
      "fault-discovery-hang",
      ...PASSING.map(([clientId]) => clientId),
      ...USER_INFO.map(([clientId]) => clientId),
      ...REFUSED.map(([id]) => `fault-${id}`),
      ...READ_ALL_THE_SAME.map((id) => `fault-${id}`),
      ...ONLY_BEFORE,
      // requests.test.ts and client-keys.test.ts have these.
      ...REQUEST_FAULTS.map(({ id }) => id),
      ...KEY_VARIANTS.map(({ id }) => id),
    ]);
    // lib/http/catalogue.int.test.ts walks those that name what a Test finds.
    const offered = provider("generic").faults.filter(({ code }) => code === undefined);
    expect(offered.map(({ clientId }) => clientId).filter((id) => !tested.has(id))).toEqual([]);
  });
});

const PASSING: readonly [string, Config, string[]][] = [
  ["fault-future-iat", {}, ["iat_future"]],
  ["fault-requires-pkce", { pkce_enabled: true }, []],
  ["variant-user-info", {}, []],
  ["variant-es256", {}, []],
  ["variant-code-first", {}, []],
  ["variant-always-asks", {}, []],
  ["variant-hostile-claims", {}, []],
  ["variant-basic", { token_auth_method: "client_secret_basic" }, []],
  ["variant-basic-without-encoding", { token_auth_method: "client_secret_basic_raw" }, []],
  ["variant-public", { token_auth_method: "none", pkce_enabled: true }, []],
];

describe("a Test of a provider that is unusual", () => {
  test.each(PASSING)("%s passes with %o", async (clientId, config, warnings) => {
    const result = await runTest({ clientId, config });
    const { status, diagnosis } = result.outcome;
    expect(diagnosis).toBeNull();
    expect(result.outcome.warnings.map(({ code }) => code)).toEqual(warnings);
    expect(status).toBe(warnings.length === 0 ? "passed" : "passed_with_warnings");
    expectClean(result);
  });

  test("names user info as the source of what only user info had", async () => {
    const { outcome } = await runTest({ clientId: "variant-user-info" });
    expect(outcome.identity?.email).toMatchObject({ source: "user_info" });
    expect(outcome.identity?.sub).toMatchObject({ source: "id_token" });
  });

  test("takes no harm from saved claims named after object internals: prototype pollution", async () => {
    const claims = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const result = await runTest({ clientId: "variant-hostile-claims", connection: { claims } });
    const { identity, claims: sets } = result.outcome;
    expect({}).not.toHaveProperty("polluted");
    expect(Object.getPrototypeOf(sets?.oidcFields)).toBe(Object.prototype);
    expect(identity?.custom.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["constructor", "toString", "hasOwnProperty"]),
    );
    expect(identity?.email?.value).toBe("ada@example.com");
  });
});

const USER_INFO: readonly [string, string][] = [
  ["fault-user-info-other-sub", "userinfo_sub_mismatch"],
  ["fault-user-info-401", "userinfo_refused"],
  ["fault-user-info-html", "userinfo_not_json"],
];

describe("a Test that needs user info and cannot have it", () => {
  test.each(USER_INFO)("%s: %s, and no identity of somebody else", async (clientId, code) => {
    const result = await runTest({ clientId });
    const { status, diagnosis, warnings, identity } = result.outcome;
    expect([status, diagnosis?.code, warnings]).toEqual(["failed", code, []]);
    expect(identity).toMatchObject({ email: null });
    expectClean(result);
  });
});

const SILENT: readonly [string, string, string][] = [
  ["fault-jwks-hang", "jwks_timeout", "keys"],
  ["fault-token-hang", "token_timeout", "exchange"],
  ["fault-user-info-hang", "userinfo_timeout", "user_info"],
];

// At the same time, because each waits for its own time limit.
describe.concurrent("an address that never answers", () => {
  test.each(SILENT)(
    "%s ends by itself: %s at %s",
    { timeout: HANGS },
    async (clientId, code, step) => {
      const result = await runTest({ clientId });
      const { status, diagnosis } = result.outcome;
      expect([status, diagnosis?.code, diagnosis?.step]).toEqual(["failed", code, step]);
      expectClean(result);
    },
  );

  test("discovery ends by itself, in words", { timeout: HANGS }, async () => {
    const error = await refusalOf("discovery-hang");
    expect(error.message).toMatch(/in time/);
  });
});

const FAULTS_OF_OTHERS: readonly [PracticeProvider["id"], string, string][] = [
  ["okta", "fault-not-assigned", "access_denied"],
  ["okta-custom", "fault-not-assigned", "access_denied"],
  ["okta-custom", "fault-groups-scope", "invalid_scope"],
  ["authentik", "fault-encryption-key", "id_token_encrypted"],
  ["keycloak", "fault-requires-pkce", "pkce_required"],
];

describe("a Test of the other products' own faults", () => {
  test.each(FAULTS_OF_OTHERS)("%s, %s: %s", async (id, clientId, code) => {
    const config = clientId === "fault-requires-pkce" ? { pkce_enabled: false } : {};
    const result = await runTest({ provider: id, clientId, config });
    expect(result.outcome.diagnosis?.code).toBe(code);
    expectClean(result);
  });

  test("authentik without a signing key fails, and the first advice is about the signing key", async () => {
    const result = await runTest({ provider: "authentik", clientId: "fault-no-signing-key" });
    expect(result.outcome.status).toBe("failed");
    expect(result.outcome.diagnosis?.fixes[0]).toMatch(/signing key/i);
    expectClean(result);
  });

  test("authentik with one issuer for all passes, because the issuer is as discovered", async () => {
    const result = await runTest({ provider: "authentik", clientId: "variant-global-issuer" });
    expect(result.outcome.status).toBe("passed");
    expect(result.outcome.issuer).toBe(`http://${provider("authentik").hostPort}/`);
  });

  test("Okta without groups tells that the saved groups claim did not come", async () => {
    const run: Run = {
      provider: "okta",
      clientId: "fault-groups-filter",
      config: { claims: ["groups"] },
    };
    const result = await runTest(run);
    expect(result.outcome.identity?.missing.map(({ name }) => name)).toEqual(["groups"]);
    expectClean(result);
  });
});

const MANY_GROUPS: readonly [string, string, number, string[]][] = [
  ["0oapractice000000001", "groups_api", 250, []],
  ["variant-no-api-token", "id_token", 100, ["groups_limit"]],
  ["fault-api-token", "id_token", 100, ["groups_api_token", "groups_limit"]],
  ["fault-api-no-user", "id_token", 100, ["groups_api_no_user", "groups_limit"]],
  ["fault-api-next-elsewhere", "id_token", 100, ["groups_api_next_page", "groups_limit"]],
  ["fault-api-too-often", "id_token", 100, ["groups_api_rate_limited", "groups_limit"]],
];

describe("a Test at Okta of somebody in 250 groups", () => {
  test.each(MANY_GROUPS)("%s: groups by %s, %i of them", async (clientId, source, count, codes) => {
    const result = await runTest({ provider: "okta", clientId, user: "grace" });
    const { diagnosis, warnings, identity, steps } = result.outcome;
    expect(diagnosis).toBeNull();
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    expect(identity?.groups).toMatchObject({ source });
    expect(identity?.groups?.value).toHaveLength(count);
    const called = steps.flatMap(({ exchanges }) => exchanges).map(({ url }) => new URL(url));
    expect(new Set(called.map(({ host }) => host)).size).toBe(1);
    expectClean(result);
  });

  test("says without a token that an API token brings the others, and where to enter it", async () => {
    const { outcome } = await runTest({
      provider: "okta-custom",
      config: { api_token: "" },
      user: "grace",
    });
    expect(outcome.warnings).toMatchObject([
      {
        code: "groups_limit",
        field: "api_token",
        fixes: expect.arrayContaining([expect.stringMatching(/^Enter an API token/)]),
      },
    ]);
  });

  test("says for how long the API is not to be asked", async () => {
    const { outcome } = await runTest({
      provider: "okta",
      clientId: "fault-api-too-often",
      user: "grace",
    });
    expect(outcome.warnings[0]?.cause).toMatch(/allows more in 4\d s\./);
  });

  test("has an expected outcome for every fault of the API", () => {
    const offered = provider("okta").faults.map(({ clientId }) => clientId);
    const tested = new Set(MANY_GROUPS.map(([clientId]) => clientId));
    expect(offered.filter((id) => /-api-/.test(id) && !tested.has(id))).toEqual([]);
  });
});

const REFUSED: readonly [string, RegExp][] = [
  ["discovery-html", /web page/],
  ["discovery-huge", /larger/],
  ["discovery-deep", /nests deeper/],
  ["discovery-redirect-other-host", /127\.0\.0\.1/],
];
/** `lib/oidc/check` has their tests: nobody comes back from them. */
const ONLY_BEFORE = ["fault-unregistered-callback"];
const READ_ALL_THE_SAME = [
  "discovery-moved",
  "discovery-proto",
  "discovery-wrong-issuer",
  "discovery-partial",
  "discovery-private",
];

const read = (id: string) => {
  const found = provider("generic").faults.find(({ clientId }) => clientId === `fault-${id}`);
  return readDiscovery(policy, found?.fields?.discovery_url ?? "");
};

async function refusalOf(id: string): Promise<AppError> {
  const error: unknown = await read(id).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`not refused in words: ${error}`);
  return error;
}

describe("discovery of a provider that misbehaves", () => {
  test.each(REFUSED)("%s is refused in words", async (id, says) => {
    const error = await refusalOf(id);
    expect(error.code).toBe("discovery_failed");
    expect(error.message).toMatch(says);
    expect(`${error.message} ${error.fix}`).not.toMatch(NEVER_SHOWN);
    expect(error.fields?.discovery_url).toBeDefined();
  });

  test("keys named __proto__ and constructor change nothing", async () => {
    const report = await read("discovery-proto");
    expect(report.issuer).toBe(`http://${provider("generic").hostPort}/faults/discovery-proto`);
    expect({}).not.toHaveProperty("polluted");
  });

  test("an issuer that differs from the address is told", async () => {
    const report = await read("discovery-wrong-issuer");
    expect([report.issuer, report.issuerMatches]).toEqual(["https://other.example.com", false]);
  });

  test("a missing key is named, and the rest is filled", async () => {
    const report = await read("discovery-partial");
    expect(report.missing).toEqual(["jwks_uri"]);
    expect(report.discovered.auth_url).toBe(`http://${provider("generic").hostPort}/auth`);
  });

  test("a token endpoint at a private address is never called: SSRF by discovery", async () => {
    const { discovered } = await read("discovery-private");
    const result = await runTest({
      clientId: "fault-discovery-private",
      config: { ...discovered },
    });
    const { status, diagnosis, steps } = result.outcome;
    expect(status).toBe("failed");
    expect(diagnosis?.code).toMatch(/blocked|plain_http/);
    const called = steps.flatMap(({ exchanges }) => exchanges).filter((one) => one.status !== null);
    expect(called.map(({ url }) => new URL(url).hostname)).not.toContain("169.254.169.254");
    expectClean(result);
  });
});
