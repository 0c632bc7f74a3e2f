import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { CLIENT_SECRET } from "@/practice/accounts";
import { type Practice, startPractice } from "@/practice/index";
import { startTestProvider } from "../provider-for-tests";
import type { Connection } from "../schema";
import { checkConnection } from "./index";
import type { Check, CheckReport } from "./schema";

const CALLBACK = "http://localhost:3999/cdn-cgi/access/callback";
// Keys are made, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let practice: Practice;
let policy: OutboundPolicy;
let base = "";
beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  policy = { allow: practice.providers.map(({ hostPort }) => hostPort) };
  base = `http://${practice.providers.find(({ id }) => id === "generic")?.hostPort}`;
});
afterAll(() => practice.stop());

const connection = (changes: Partial<Connection> = {}): Connection => ({
  clientId: "gatehouse",
  clientSecret: CLIENT_SECRET,
  tokenAuthMethod: "client_secret_post",
  authUrl: `${base}/auth`,
  tokenUrl: `${base}/token`,
  certsUrl: `${base}/jwks`,
  userinfoUrl: `${base}/me`,
  issuer: base,
  scopes: ["openid", "email", "profile"],
  pkce: true,
  prompt: null,
  clockTolerance: 30,
  emailClaim: "email",
  claims: [],
  ...changes,
});

async function check(changes: Partial<Connection> = {}, redirectUri = CALLBACK) {
  const report = await checkConnection(connection(changes), policy, { redirectUri });
  const text = JSON.stringify(report);
  expect(text).not.toContain(CLIENT_SECRET);
  expect(text).not.toMatch(/undefined|\[object|NaN/);
  expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length);
  for (const { title, did, found } of report.checks) {
    expect(title).not.toMatch(/[.!]$/);
    expect(`${did}|${found}`).toMatch(/^.+\.\|.+[.!?]$/s);
  }
  return report;
}

function one({ checks }: CheckReport, id: string): Check {
  const found = checks.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id} among ${checks.map((each) => each.id).join(", ")}`);
  return found;
}

test("a connection that is right has nothing but good marks, each with its proof", async () => {
  const report = await check();
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
    ["discovery", "ok"],
    ["published", "ok"],
    ["support", "ok"],
    ["keys", "ok"],
    ["credentials", "ok"],
    ["callback_url", "ok"],
    ["clock", "ok"],
  ]);
  expect(report).toMatchObject({ status: "ok", summary: "Nothing wrong was found." });
  expect(one(report, "keys").found).toMatch(/^2 signing keys: RS256 \(kid .+\), ES256/);
  expect(one(report, "credentials")).toMatchObject({
    title: "App ID and Client secret are accepted by POST",
    did: `Sent a token request with a made-up code to ${base}/token: by POST, then as a control with a wrong secret.`,
  });
  expect(one(report, "callback_url").found).toContain(CALLBACK);
});

describe("credentials", () => {
  test.each<[string, Partial<Connection>, Partial<Check>]>([
    [
      "a wrong secret",
      { clientSecret: "not-the-secret-1" },
      { status: "failed", title: "App ID or Client secret was not accepted", remedies: [] },
    ],
    [
      "an unknown App ID",
      { clientId: "nobody" },
      { status: "failed", title: "App ID or Client secret was not accepted" },
    ],
    [
      "POST where only Basic is taken",
      { clientId: "variant-basic" },
      {
        status: "failed",
        title: "POST is refused, Basic is accepted",
        remedies: [{ label: "Switch to Basic", set: { token_auth_method: "client_secret_basic" } }],
      },
    ],
    [
      "Basic where only unencoded Basic is taken",
      { clientId: "variant-basic-without-encoding", tokenAuthMethod: "client_secret_basic" },
      {
        status: "failed",
        title: "Basic is refused, Basic without encoding is accepted",
        remedies: [
          {
            label: "Switch to Basic without encoding",
            set: { token_auth_method: "client_secret_basic_raw" },
          },
        ],
      },
    ],
    [
      "a provider that looks at the code first",
      { clientId: "variant-code-first", clientSecret: "not-the-secret-2" },
      {
        status: "unknown",
        title: "Your provider does not reveal whether App ID and credentials are right",
      },
    ],
    [
      "a public client",
      { clientId: "variant-public", clientSecret: null, tokenAuthMethod: "none" },
      { status: "ok", title: "The App ID is accepted" },
    ],
    [
      "a confidential client without its secret",
      { clientSecret: null, tokenAuthMethod: "none" },
      { status: "failed", title: "The App ID was not accepted without a secret" },
    ],
    [
      "an error text that repeats the secret",
      { clientId: "fault-secret-echo" },
      { status: "failed", title: "App ID or Client secret was not accepted" },
    ],
    [
      "a token endpoint that is a web page",
      { clientId: "fault-token-html" },
      { status: "failed", title: "Token URL did not answer as expected", field: "token_url" },
    ],
    [
      "a token endpoint that does not exist",
      { tokenUrl: "{base}/nowhere/token" },
      { status: "failed", title: "Token URL did not answer as expected" },
    ],
    [
      "a new secret that is not active yet",
      { clientSecret: "the-next-secret-1", previousClientSecret: CLIENT_SECRET },
      { status: "failed", title: "Only the previous client secret is accepted" },
    ],
  ])("%s", async (_name, { tokenUrl, ...changes }, expected) => {
    const address = tokenUrl && { tokenUrl: tokenUrl.replace("{base}", base) };
    const report = await check({ ...changes, ...address });
    expect(one(report, "credentials")).toMatchObject(expected);
  });

  test("both secrets work: the previous one can go", async () => {
    const report = await check({ previousClientSecret: CLIENT_SECRET });
    expect(one(report, "credentials").status).toBe("ok");
    expect(one(report, "previous_secret")).toMatchObject({
      status: "warning",
      remedies: [{ set: { previous_client_secret: null } }],
    });
  });

  test("only the new secret works", async () => {
    const report = await check({ previousClientSecret: "an-old-secret-1" });
    expect(one(report, "previous_secret").status).toBe("ok");
  });
});

describe("the Callback URL", () => {
  test.each<[string, Partial<Connection>, string, Partial<Check>]>([
    [
      "another one than is registered",
      {},
      "http://localhost:3999/elsewhere",
      { status: "failed", title: "The Callback URL is probably not registered" },
    ],
    [
      "refused for one client",
      { clientId: "fault-unregistered-callback" },
      CALLBACK,
      { status: "failed", title: "The Callback URL is probably not registered" },
    ],
    [
      "of an App ID that does not exist",
      { clientId: "nobody" },
      CALLBACK,
      { status: "failed", title: "Your provider does not know this App ID" },
    ],
    [
      "at a provider that shows its sign-in page whatever was asked",
      { clientId: "variant-always-asks" },
      CALLBACK,
      { status: "unknown", title: "No objection to the Callback URL" },
    ],
    [
      "with PKCE off where it is required",
      { clientId: "fault-requires-pkce", pkce: false },
      CALLBACK,
      {
        status: "warning",
        title: "Your provider requires PKCE",
        remedies: [{ label: "Turn on PKCE", set: { pkce_enabled: true } }],
      },
    ],
    [
      "with a scope that is refused",
      { clientId: "fault-invalid-scope" },
      CALLBACK,
      { status: "warning", title: "A scope is not allowed" },
    ],
  ])("%s", async (_name, changes, redirectUri, expected) => {
    expect(one(await check(changes, redirectUri), "callback_url")).toMatchObject(expected);
  });
});

describe("pushed authorization requests", () => {
  const parUrl = async () => {
    const document = await fetch(`${base}/.well-known/openid-configuration`);
    return (await document.json()).pushed_authorization_request_endpoint as string;
  };

  test("prove the Callback URL too", async () => {
    const report = await check({ parUrl: await parUrl() });
    expect(one(report, "callback_url")).toMatchObject({
      status: "ok",
      did: expect.stringContaining(`Pushed the request to ${await parUrl()}`),
    });
  });

  test("name a Callback URL that is not registered", async () => {
    const report = await check({ parUrl: await parUrl() }, "http://localhost:3999/elsewhere");
    expect(one(report, "callback_url").status).toBe("failed");
    expect(one(report, "callback_url").title).toMatch(/Callback URL|redirect/i);
  });

  test("are not sent with credentials that were refused a moment ago", async () => {
    const report = await check({ parUrl: await parUrl(), clientSecret: "not-the-secret-3" });
    expect(one(report, "callback_url").status).toBe("skipped");
  });
});

test("a check never sends more than four token requests", async () => {
  const strict = await startTestProvider();
  const refuse = { status: 401, body: { error: "invalid_client" } };
  strict.fault = { token: () => refuse };
  const { origin } = strict;
  await checkConnection(
    strict.connection({ parUrl: `${origin}/par`, previousClientSecret: "an-old-secret-2" }),
    { allow: ["127.0.0.0/8"] },
    { redirectUri: CALLBACK },
  );
  expect(strict.hits.filter((path) => path === "/token")).toHaveLength(4);
  expect(strict.hits).not.toContain("/par");
  strict.stop();
});

describe("what the provider publishes", () => {
  test.each<[string, Partial<Connection>, string, Partial<Check>]>([
    [
      "another Token URL",
      { tokenUrl: "{base}/token/" },
      "published_token_url",
      {
        status: "warning",
        remedies: [
          { label: "Use what the provider publishes", set: { token_url: "{base}/token" } },
        ],
      },
    ],
    [
      "another issuer, by a slash",
      { issuer: "{base}/", discoveryUrl: "{base}" },
      "published_issuer",
      { status: "failed", remedies: [{ label: "Use this issuer", set: { issuer: "{base}" } }] },
    ],
    [
      "an issuer where none is set",
      { issuer: null, discoveryUrl: "{base}" },
      "published_issuer",
      { status: "warning", remedies: [{ label: "Use this issuer", set: { issuer: "{base}" } }] },
    ],
    [
      "PKCE, which is off",
      { pkce: false },
      "published_pkce_enabled",
      { remedies: [{ label: "Turn on PKCE", set: { pkce_enabled: true } }] },
    ],
    [
      "a list of scopes without one of ours",
      { scopes: ["openid", "email", "payroll"] },
      "published_scopes",
      { remedies: [{ label: "Remove payroll", set: { scopes: ["openid", "email"] } }] },
    ],
    [
      "keys on another host",
      { certsUrl: "http://127.0.0.1:9/jwks" },
      "published_certs_url",
      { found: expect.stringContaining("another host") },
    ],
  ])("%s", async (_name, changes, id, expected) => {
    const fill = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll("{base}", base));
    const { found, ...rest } = expected;
    const report = await check(fill(changes));
    expect(one(report, id)).toMatchObject({ ...fill(rest), ...(found && { found }) });
  });

  test("a web page instead of a document is a warning, and the rest is checked", async () => {
    const report = await check({ discoveryUrl: `${base}/faults/discovery-html` });
    expect(one(report, "discovery")).toMatchObject({
      status: "warning",
      found: expect.stringMatching(/web page/),
    });
    expect(one(report, "credentials").status).toBe("ok");
  });

  test("without issuer and address there is nothing to compare with", async () => {
    expect(one(await check({ issuer: null }), "discovery").status).toBe("skipped");
  });

  test("a provider without OpenID Connect has neither document nor keys", async () => {
    const personApi = { profileUrl: `${base}/me` } as unknown as Connection["personApi"];
    const { checks } = await check({ personApi });
    expect(checks.map(({ id, status }) => [id, status])).toEqual([
      ["discovery", "skipped"],
      ["credentials", "ok"],
      ["callback_url", "ok"],
      ["clock", "ok"],
    ]);
  });
});

test("a clock that is off is told from the Token URL, where tokens are dated", async () => {
  const report = await check({ clientId: "fault-expired" });
  expect(one(report, "clock")).toMatchObject({
    status: "failed",
    found: expect.stringMatching(/^The provider's clock is 20 min behind this server's\./),
    remedies: [],
  });
});

test("addresses that never answer end by themselves, each in words", async () => {
  const report = await checkConnection(
    connection({ clientId: "fault-token-hang", certsUrl: `${base}/faults/jwks-hang` }),
    policy,
    { redirectUri: CALLBACK, timeoutMs: 500 },
  );
  expect(one(report, "keys")).toMatchObject({
    status: "failed",
    found: expect.stringMatching(/did not answer in time/),
  });
  expect(one(report, "credentials")).toMatchObject({
    status: "failed",
    found: expect.stringMatching(/did not answer in time/),
  });
});

test("nothing is called at an address that the installation does not allow", async () => {
  const { checks } = await checkConnection(connection(), { allow: [] }, { redirectUri: CALLBACK });
  expect(checks.filter(({ status }) => status === "ok")).toEqual([]);
  expect(checks.map(({ found }) => found).join(" ")).toMatch(/start|TLS|private|allow/i);
});
