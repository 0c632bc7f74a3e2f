import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  AUTHORITY,
  CLIENT,
  EXPIRED_AUTHORITY,
  SERVER,
  STRANGER,
  STRANGERS_CLIENT,
} from "@/lib/outbound/pki-for-tests";
import { type Running, startTlsServer } from "@/lib/outbound/servers-for-tests";
import { complete, prepare } from "./round-trip";
import type { ClientTls, Connection } from "./schema";

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
const policy = { allow: ["localhost"] };
const attempt = {
  state: "state-0123456789",
  nonce: "nonce-0123456789",
  codeVerifier: "verifier-0123456789-0123456789-0123456789-01",
  redirectUri: "https://acme.example.com/cdn-cgi/access/callback",
};

interface Hit {
  path: string;
  peer: string | null;
  form: URLSearchParams;
  authorization: string | undefined;
}
const hits: Hit[] = [];
let server: Running;
let origin = "";

function peerOf(request: IncomingMessage): string | null {
  const { subject } = (request.socket as TLSSocket).getPeerCertificate();
  const isTrusted = (request.socket as TLSSocket).authorized;
  return isTrusted && typeof subject?.CN === "string" ? subject.CN : null;
}

/** A provider that knows its client by the certificate (RFC 8705 §2.1) and by nothing else. */
beforeAll(async () => {
  const keys = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "1", alg: "ES256", use: "sig" };
  const seconds = () => Math.floor(Date.now() / 1000);
  const idToken = () =>
    new SignJWT({ nonce: attempt.nonce, email: "ada@example.com", auth_time: seconds() })
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setIssuer(origin)
      .setAudience("app-1")
      .setSubject("user-1")
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(keys.privateKey);
  const tls = { ...SERVER, ca: AUTHORITY, requestCert: true, rejectUnauthorized: false };
  server = await startTlsServer(tls, async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const path = request.url ?? "";
    const peer = peerOf(request);
    const { authorization } = request.headers;
    hits.push({ path, peer, form: new URLSearchParams(body), authorization });
    const answers: Record<string, () => Promise<unknown> | unknown> = {
      "/jwks": () => ({ keys: [jwk] }),
      "/par": () => ({ request_uri: "urn:x", expires_in: 60 }),
      "/token": async () => ({
        access_token: "planted-access-token",
        token_type: "Bearer",
        id_token: await idToken(),
      }),
      "/userinfo": () => ({ sub: "user-1", department: "Engineering" }),
    };
    const isKnown = path === "/jwks" || peer === "gatehouse at acme";
    response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? await answers[path]?.() : { error: "invalid_client" }));
  });
  origin = `https://localhost:${server.port}`;
});
afterAll(() => server.stop());
beforeEach(() => {
  hits.length = 0;
});

const connectionWith = (tls: ClientTls | null, changes: Partial<Connection> = {}): Connection => ({
  clientId: "app-1",
  clientSecret: null,
  tokenAuthMethod: "tls_client_auth",
  authUrl: `${origin}/authorize`,
  tokenUrl: `${origin}/token`,
  certsUrl: `${origin}/jwks`,
  userinfoUrl: `${origin}/userinfo`,
  parUrl: `${origin}/par`,
  issuer: origin,
  scopes: ["openid"],
  pkce: true,
  prompt: null,
  clockTolerance: 30,
  emailClaim: "email",
  claims: ["department"],
  tls,
  ...changes,
});
const context = { steps: [], advice: {} };
const query = new URLSearchParams({ code: "planted-code", state: attempt.state });
const begin = (tls: ClientTls | null) => prepare(connectionWith(tls), policy, attempt, context);
const finish = (tls: ClientTls | null) =>
  complete(connectionWith(tls), policy, attempt, query, context);

describe("a login method with an authority and a client certificate of its own", () => {
  const tls = { ca: AUTHORITY, ...CLIENT };

  test("shows the certificate wherever it proves itself, and names itself in the form", async () => {
    const { diagnosis, steps } = await begin(tls);
    expect(diagnosis).toBeNull();
    const outcome = await finish(tls);
    expect([outcome.diagnosis, outcome.status]).toEqual([null, "passed"]);
    expect(hits.map(({ path, peer }) => `${path} ${peer}`)).toEqual([
      "/jwks gatehouse at acme",
      "/par gatehouse at acme",
      "/token gatehouse at acme",
      "/jwks gatehouse at acme",
      "/userinfo gatehouse at acme",
    ]);
    for (const { form, authorization } of hits.filter(({ path }) => /par|token/.test(path))) {
      expect(form.get("client_id")).toBe("app-1");
      expect(form.has("client_secret")).toBe(false);
      expect(authorization).toBeUndefined();
    }
    const text = JSON.stringify([steps, outcome]);
    expect(text).toContain("gatehouse at acme (valid until 1 January 2120)");
    expect(text).not.toContain("PRIVATE KEY");
    expect(text).not.toContain(CLIENT.key.split("\n")[1]);
  });

  test.each([
    ["no authority", null],
    ["another authority", { ca: STRANGER, cert: null, key: null }],
  ])("with %s, says where to paste the right one", async (_name, other) => {
    expect((await begin(other)).diagnosis).toMatchObject({
      code: "jwks_tls_untrusted",
      field: "tls_ca",
      fixes: expect.arrayContaining([expect.stringContaining("Certificate authorities")]),
    });
  });

  test.each([
    ["no certificate", { ca: AUTHORITY, cert: null, key: null }],
    ["a certificate of somebody else's authority", { ca: AUTHORITY, ...STRANGERS_CLIENT }],
  ])("with %s, the provider does not know the app", async (_name, other) => {
    expect((await begin(other)).diagnosis).toMatchObject({ code: "invalid_client" });
    expect((await finish(other)).diagnosis).toMatchObject({
      code: "invalid_client",
      step: "exchange",
    });
  });

  test("warns of a certificate that ends", async () => {
    const outcome = await finish({ ...tls, ca: `${AUTHORITY}${EXPIRED_AUTHORITY}` });
    expect(outcome.status).toBe("passed_with_warnings");
    expect(outcome.warnings).toMatchObject([
      { code: "certificate_ends", cause: expect.stringContaining("Expired test authority") },
    ]);
  });
});
