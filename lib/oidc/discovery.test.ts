import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isAppError } from "@/lib/kit/errors";
import { readDiscovery } from "./discovery";
import { discoveryAddresses, issuerBelongsTo } from "./discovery-addresses";
import { readDocument } from "./discovery-document";
import { parseJsonObject } from "./parse-json";

type Reply = { status?: number; type?: string; location?: string; body?: unknown } | "hang";

const policy = { allow: ["127.0.0.0/8"] };
const WELL_KNOWN = "/.well-known/openid-configuration";
let server: Server;
let origin = "";
let paths: Record<string, Reply> = {};
const hits: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? "");
    const reply = paths[request.url ?? ""] ?? { status: 404, body: "" };
    if (reply === "hang") return;
    const { status = 200, type = "application/json", location, body = "" } = reply;
    response.writeHead(status, { "content-type": type, ...(location && { location }) });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  paths = {};
  hits.length = 0;
});

const documentOf = (issuer: string, changes: Record<string, unknown> = {}) => ({
  issuer,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/jwks`,
  userinfo_endpoint: `${origin}/userinfo`,
  scopes_supported: ["openid", "email", "profile", "groups", "offline_access"],
  code_challenge_methods_supported: ["plain", "S256"],
  token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  claims_supported: ["sub", "email", "groups"],
  id_token_signing_alg_values_supported: ["RS256"],
  ...changes,
});
const failure = async (typed: string, options = {}, code = "discovery_failed") => {
  const error = await readDiscovery(policy, typed, options).catch((caught) => caught);
  if (!isAppError(error)) throw new Error("no AppError");
  expect(error).toMatchObject({
    code,
    fields: { discovery_url: [error.message] },
  });
  expect(error.fix).toMatch(/\.$/);
  expect(error.message).not.toMatch(/undefined|\[object/);
  return error;
};

describe("finds the document of", () => {
  test.each([
    ["an issuer", "", WELL_KNOWN],
    ["an issuer with a slash", "/", WELL_KNOWN],
    ["a well-known URL", WELL_KNOWN, WELL_KNOWN],
    ["a well-known URL with a slash", `${WELL_KNOWN}/`, WELL_KNOWN],
    [
      "an authentik application URL",
      "/application/o/gatehouse/",
      `/application/o/gatehouse${WELL_KNOWN}`,
    ],
    [
      "an authentik application URL without its slash",
      "/application/o/gatehouse",
      `/application/o/gatehouse${WELL_KNOWN}`,
    ],
    ["a server that wants a slash at the end", "/realms/a", `/realms/a${WELL_KNOWN}/`],
    ["an issuer after RFC 8414", "/tenant", "/.well-known/oauth-authorization-server/tenant"],
    ["an issuer with the path behind", "/tenant", `${WELL_KNOWN}/tenant`],
    ["an address that is the document itself", "/oidc.json", "/oidc.json"],
    ["an address with a query", `${WELL_KNOWN}?p=policy-1`, `${WELL_KNOWN}?p=policy-1`],
  ])("%s", async (_name, typed, path) => {
    paths[path] = { body: documentOf(origin) };
    const report = await readDiscovery(policy, ` ${origin}${typed} `);
    expect(report.documentUrl).toBe(`${origin}${path}`);
  });

  test("a redirect within the same origin", async () => {
    paths["/app"] = { status: 302, location: `/o${WELL_KNOWN}` };
    paths[`/app${WELL_KNOWN}`] = { status: 301, location: `/o${WELL_KNOWN}` };
    paths[`/o${WELL_KNOWN}`] = { body: documentOf(`${origin}/o/`) };
    expect((await readDiscovery(policy, `${origin}/app`)).documentUrl).toBe(
      `${origin}/o${WELL_KNOWN}`,
    );
  });
});

test("reports the settings by config key, the issuer byte for byte", async () => {
  const issuer = `${origin}/application/o/gatehouse/`;
  paths[`/application/o/gatehouse${WELL_KNOWN}`] = { body: documentOf(issuer) };
  expect(await readDiscovery(policy, issuer)).toEqual({
    documentUrl: `${origin}/application/o/gatehouse${WELL_KNOWN}`,
    issuer,
    issuerMatches: true,
    discovered: {
      issuer,
      auth_url: `${origin}/authorize`,
      token_url: `${origin}/token`,
      certs_url: `${origin}/jwks`,
      userinfo_url: `${origin}/userinfo`,
      pkce_enabled: true,
      scopes: ["openid", "email", "profile", "groups"],
      token_auth_method: "client_secret_post",
    },
    missing: [],
    scopesSupported: ["openid", "email", "profile", "groups", "offline_access"],
    claimsSupported: ["sub", "email", "groups"],
    algs: ["RS256"],
    offers: {
      responseTypes: [],
      responseModes: [],
      codeChallengeMethods: ["plain", "S256"],
      tokenAuthMethods: ["client_secret_basic", "client_secret_post"],
      idTokenEncryptionAlgs: [],
      prompts: [],
      dpopAlgs: [],
      parUrl: null,
      requiresPar: false,
      issParameter: false,
      certificateBoundTokens: false,
      mtlsTokenUrl: null,
    },
    notes: [],
    tips: [],
  });
});

test("reports what the provider offers beyond what fills a form", async () => {
  paths[WELL_KNOWN] = {
    body: documentOf(origin, {
      response_types_supported: ["code", "id_token"],
      response_modes_supported: ["query"],
      id_token_encryption_alg_values_supported: ["RSA-OAEP-256"],
      prompt_values_supported: ["none", "login"],
      dpop_signing_alg_values_supported: ["ES256"],
      pushed_authorization_request_endpoint: `${origin}/par`,
      require_pushed_authorization_requests: true,
      authorization_response_iss_parameter_supported: true,
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: { token_endpoint: "https://mtls.example/token" },
    }),
  };
  const { offers, discovered } = await readDiscovery(policy, origin);
  expect(discovered.par_url).toBe(`${origin}/par`);
  expect(offers).toMatchObject({
    responseTypes: ["code", "id_token"],
    responseModes: ["query"],
    idTokenEncryptionAlgs: ["RSA-OAEP-256"],
    prompts: ["none", "login"],
    dpopAlgs: ["ES256"],
    parUrl: `${origin}/par`,
    requiresPar: true,
    issParameter: true,
    certificateBoundTokens: true,
    mtlsTokenUrl: "https://mtls.example/token",
  });
});

test("a document that names another issuer is read, and the difference is told", async () => {
  paths[WELL_KNOWN] = { body: documentOf("https://elsewhere.example") };
  const report = await readDiscovery(policy, origin);
  expect([report.issuer, report.issuerMatches]).toEqual(["https://elsewhere.example", false]);
  expect(report.notes[0]).toContain("https://elsewhere.example");
});

describe("says what is wrong when there is", () => {
  test.each<[string, Reply, RegExp]>([
    [
      "a web page",
      { type: "text/html", body: "<!doctype html><p>Sign in" },
      /^The server answered with a web page, not JSON\./,
    ],
    ["nothing", { status: 404 }, /^The server answered 404\./],
    ["an error", { status: 503 }, /^The server answered 503\./],
    ["no JSON", { body: "hello" }, /not a JSON object/],
    ["a list", { body: [1] }, /not a JSON object/],
    ["other JSON", { body: { hello: 1 } }, /not with a discovery document/],
    ["a key set", { body: { keys: [] } }, /signing keys, not a discovery document/],
    [
      "a redirect to another host",
      { status: 302, location: "https://evil.example/x" },
      /redirects to another address: https:\/\/evil\.example\/x/,
    ],
    [
      "a redirect to a private address",
      { status: 302, location: "http://169.254.169.254/" },
      /redirects to another address: http:\/\/169\.254\.169\.254\//,
    ],
    [
      "a redirect to another port of the same host",
      { status: 302, location: "http://127.0.0.1:1/" },
      /redirects to another address/,
    ],
    [
      "a redirect to no URL",
      { status: 302, location: "http://[" },
      /redirects to another address: nowhere/,
    ],
    ["a redirect in a circle", { status: 302, location: WELL_KNOWN }, /in a circle/],
    [
      "JSON nested too deep",
      { body: `${'{"a":'.repeat(9000)}1${"}".repeat(9000)}` },
      /nests deeper/,
    ],
    [
      "far too much",
      { body: `{"issuer":"${"x".repeat(1_100_000)}"}` },
      /larger than a discovery document/,
    ],
  ])("%s", async (_name, reply, message) => {
    paths[WELL_KNOWN] = reply;
    const error = await failure(`${origin}${WELL_KNOWN}`);
    expect(error.message).toMatch(message);
  });

  test("nothing anywhere: every address that was tried is named", async () => {
    paths["/app"] = { type: "text/html", body: "<html>" };
    const { message } = await failure(`${origin}/app`);
    expect(message).toMatch(/web page, not JSON/);
    for (const path of hits) expect(message).toContain(`${origin}${path}`);
    expect(hits).toHaveLength(5);
  });

  test.each([
    "",
    "idp.example",
    "ftp://idp.example",
    "https://user:pw@idp.example",
    "javascript:alert(1)",
    `https://x.example/${"a".repeat(3000)}`,
  ])("an address that cannot be called: %s", async (typed) => {
    const { message } = await failure(typed, {}, "invalid_input");
    expect(message).toBe("Enter a full URL that starts with https://");
  });

  test("SSRF: a private address, and nothing more is tried", async () => {
    const refusal = async (typed: string) => (await failure(typed, {}, "outbound_blocked")).message;
    expect(await refusal("https://10.0.0.1/")).toContain("private or reserved network");
    expect(await refusal("https://169.254.169.254/")).toContain("metadata");
  });

  test("plain http to a host that is not allowed", async () => {
    const { message } = await failure("http://93.184.216.34/", {}, "outbound_blocked");
    expect(message).toContain("http://");
  });

  test("no answer within the time for all tries", async () => {
    paths[WELL_KNOWN] = "hang";
    const { message } = await failure(origin, { totalMs: 700 }, "outbound_failed");
    expect(message).toContain("did not answer in time");
    expect(hits).toHaveLength(1);
  });

  test("a closed port", async () => {
    const { message } = await failure("http://127.0.0.1:1025", {}, "outbound_failed");
    expect(message).toContain("refused the connection");
  });
});

describe("a hostile document", () => {
  const read = (document: Record<string, unknown>) =>
    readDocument(
      parseJsonObject(JSON.stringify(document)) ?? {},
      "https://idp.example/.well-known/openid-configuration",
    );

  test("wrong types count as absent", () => {
    const report = read({
      issuer: ["x"],
      authorization_endpoint: { a: 1 },
      token_endpoint: 7,
      jwks_uri: null,
      userinfo_endpoint: true,
      scopes_supported: "openid",
      claims_supported: [{}, 1, "ok"],
      code_challenge_methods_supported: {},
      token_endpoint_auth_methods_supported: [[]],
    });
    expect(report).toMatchObject({
      issuer: "",
      discovered: {},
      missing: ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"],
      claimsSupported: ["ok"],
    });
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "https://user:pw@idp.example/",
    "/relative",
    `https://x.example/${"a".repeat(3000)}`,
  ])("an endpoint that is not plain http(s) is left out, with a note: %s", (url) => {
    const report = read({ issuer: "https://idp.example", authorization_endpoint: url });
    expect(report.discovered).not.toHaveProperty("auth_url");
    expect(report.missing).toContain("authorization_endpoint");
    expect(report.notes).toContain("authorization_endpoint is not a usable URL and was left out.");
  });

  test("an http endpoint in an https document is noted", () => {
    const { notes } = read({
      issuer: "https://idp.example",
      token_endpoint: "http://idp.example/token",
    });
    expect(notes).toEqual([
      "token_endpoint starts with http:// although the document came over https://.",
    ]);
  });

  test("endless lists are cut", () => {
    const report = read({
      issuer: "https://idp.example",
      claims_supported: Array.from({ length: 5000 }, (_, at) => `claim-${at}`),
      scopes_supported: ["x".repeat(10_000), "openid"],
    });
    expect(report.claimsSupported).toHaveLength(100);
    expect(report.scopesSupported).toEqual(["openid"]);
  });

  test("__proto__ reaches nothing", async () => {
    paths[WELL_KNOWN] = {
      body: `{"__proto__":{"issuer":"x","polluted":1},"issuer":"${origin}","constructor":{"prototype":{"polluted":1}}}`,
    };
    const report = await readDiscovery(policy, origin);
    expect(report.issuer).toBe(origin);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("PKCE without S256, Basic only, and HS256 only are told as they are", () => {
    const report = read({
      issuer: "https://idp.example",
      code_challenge_methods_supported: ["plain"],
      token_endpoint_auth_methods_supported: ["client_secret_basic"],
      id_token_signing_alg_values_supported: ["HS256"],
    });
    expect(report.discovered).toMatchObject({
      pkce_enabled: false,
      token_auth_method: "client_secret_basic",
    });
    expect(report.notes[0]).toContain("HS256");
  });

  test("a way of authentication that Gatehouse does not speak is told", () => {
    const { notes, discovered } = read({
      issuer: "https://idp.example",
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
    });
    expect(notes[0]).toContain("private_key_jwt");
    expect(discovered).not.toHaveProperty("token_auth_method");
  });

  test("what the document does not say is not made up", () => {
    const { discovered } = read({ issuer: "https://idp.example" });
    expect(discovered).toEqual({ issuer: "https://idp.example" });
  });
});

test.each([
  ["https://idp.example", "https://idp.example/.well-known/openid-configuration", true],
  ["https://idp.example/", "https://idp.example/.well-known/openid-configuration", true],
  ["https://idp.example/a/", "https://idp.example/a/.well-known/openid-configuration", true],
  ["https://idp.example/a", "https://idp.example/.well-known/oauth-authorization-server/a", true],
  ["https://idp.example/a", "https://idp.example/.well-known/openid-configuration/a", true],
  ["https://idp.example/a", "https://idp.example/b/.well-known/openid-configuration", false],
  ["https://IDP.example", "https://idp.example/.well-known/openid-configuration", false],
  ["http://idp.example", "https://idp.example/.well-known/openid-configuration", false],
  ["nonsense", "https://idp.example/.well-known/openid-configuration", false],
])("issuer %s and document %s: belongs is %s", (issuer, document, expected) => {
  expect(issuerBelongsTo(issuer, document)).toBe(expected);
});

test("a well-known URL is asked first as it was typed", () => {
  const typed = "https://idp.example/x/.well-known/openid-configuration/";
  expect(discoveryAddresses(new URL(typed))[0]).toBe(typed);
});
