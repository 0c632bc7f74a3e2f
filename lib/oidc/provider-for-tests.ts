import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Connection } from "./schema";

/** Values that must never be seen in an outcome. */
export const PLANTED = {
  secret: "Pl4nted-s3cret~with.odd_chars%+&é",
  code: "planted-code-0123456789",
  verifier: "planted-verifier-0123456789-0123456789-0123456789",
  accessToken: "planted-access-token-0123456789",
  refreshToken: "planted-refresh-token-0123456789",
  apiToken: "00Planted-api-token_0123456789",
};

export interface Reply {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body: unknown;
}
type Answer = Reply | "hang";

/** What a provider does differently from a correct one. */
export interface Fault {
  claims?: Record<string, unknown>;
  /** Makes the whole ID token. */
  idToken?: (claims: Record<string, unknown>) => Promise<unknown> | unknown;
  token?: (form: URLSearchParams, headers: IncomingMessage["headers"]) => Answer | null;
  tokenBody?: Record<string, unknown>;
  jwks?: Answer;
  userInfo?: Answer;
  /** The discovery document; there is none unless told. */
  discovery?: Answer;
  /** Everything below `/api/`. */
  api?: (url: URL, headers: IncomingMessage["headers"]) => Answer;
}

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

export interface TestProvider {
  origin: string;
  fault: Fault;
  nonce: string;
  /** Paths in the order they were asked for. */
  hits: string[];
  keys: Keys;
  jwk: JWK;
  sign(
    claims: Record<string, unknown>,
    header?: Record<string, unknown>,
    keys?: Keys,
  ): Promise<string>;
  connection(changes?: Partial<Connection>): Connection;
  stop(): void;
}

const now = () => Math.floor(Date.now() / 1000);

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "hang") return;
  const { status = 200, type = "application/json", headers = {}, body } = answer;
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function tokenAnswer(provider: TestProvider, request: IncomingMessage): Promise<Answer> {
  const form = new URLSearchParams(await readBody(request));
  const { fault } = provider;
  const special = fault.token?.(form, request.headers);
  if (special) return special;
  const claims = {
    iss: provider.origin,
    aud: "app-1",
    sub: "user-1",
    iat: now(),
    exp: now() + 300,
    nonce: provider.nonce,
    email: "ada@example.com",
    ...fault.claims,
  };
  const idToken = await (fault.idToken ?? provider.sign)(claims);
  const body = {
    access_token: PLANTED.accessToken,
    refresh_token: PLANTED.refreshToken,
    token_type: "Bearer",
    expires_in: 300,
    id_token: idToken,
    ...fault.tokenBody,
  };
  return { body };
}

/** A minimal OpenID provider on 127.0.0.1 that can be told what to do wrong. */
export async function startTestProvider(alg = "RS256"): Promise<TestProvider> {
  const keys = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "key-1", alg, use: "sig" };
  const server = createServer(async (request, response) => {
    provider.hits.push(request.url ?? "");
    if (request.url === "/token") send(response, await tokenAnswer(provider, request));
    else if (request.url === "/jwks")
      send(response, provider.fault.jwks ?? { body: { keys: [jwk] } });
    else if (request.url?.includes("/.well-known/"))
      send(response, provider.fault.discovery ?? { status: 404, body: "" });
    else if (request.url?.startsWith("/api/") && provider.fault.api)
      send(response, provider.fault.api(new URL(request.url, provider.origin), request.headers));
    else send(response, provider.fault.userInfo ?? { body: { sub: "user-1" } });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: TestProvider = {
    origin,
    fault: {},
    nonce: "",
    hits: [],
    keys,
    jwk,
    sign: (claims, header = {}, pair = keys) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: "key-1", ...header })
        .sign(pair.privateKey),
    connection: (changes) => ({
      clientId: "app-1",
      clientSecret: PLANTED.secret,
      tokenAuthMethod: "client_secret_post",
      authUrl: `${origin}/authorize`,
      tokenUrl: `${origin}/token`,
      certsUrl: `${origin}/jwks`,
      userinfoUrl: null,
      issuer: origin,
      scopes: ["openid", "email", "profile"],
      pkce: true,
      prompt: null,
      clockTolerance: 30,
      emailClaim: "email",
      claims: [],
      ...changes,
    }),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return provider;
}
