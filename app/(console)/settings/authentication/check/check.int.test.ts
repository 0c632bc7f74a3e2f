import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { useTestDatabase } from "@/db/testing";
import { sessionCookie, sessionSecret } from "@/lib/admins/auth-options";
import type { SessionSubject } from "@/lib/admins/credentials/store";
import { firstOwner, join } from "@/lib/admins/testing";
import type { Config } from "@/lib/connectors/definition";
import type { Owner } from "@/lib/kit/actor";
import { env } from "@/lib/kit/env";
import type { Result } from "@/lib/kit/result";
import { addLoginMethod } from "@/lib/login-methods/store";
import type { CheckReport } from "@/lib/oidc/check/schema";
import { setOutboundAllow } from "@/lib/team/store";
import { CLIENT_SECRET } from "@/practice/accounts";
import { type Practice, startPractice } from "@/practice/index";
import { POST } from "./route";

/** The browser at hand: what Next would read from its request. */
const request = vi.hoisted(() => ({
  cookies: new Map<string, string>(),
  headers: new Headers(),
}));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
  }),
  headers: async () => request.headers,
}));
vi.mock("next/server", () => ({ connection: async () => undefined }));

useTestDatabase();
let owner: Owner;
let practice: Practice;
let base = "";
/** Counts what reaches a server of somebody else. */
let thief: Server;
let stolen: string[] = [];
const thiefUrl = () => `http://localhost:${(thief.address() as AddressInfo).port}`;

beforeAll(async () => {
  owner = await firstOwner();
  const redirectUris = [`${env().url}/cdn-cgi/access/callback`];
  practice = await startPractice({ port: 0, redirectUris });
  base = `http://${practice.providers.find(({ id }) => id === "generic")?.hostPort}`;
  thief = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    stolen.push(`${incoming.headers.authorization ?? ""} ${body}`);
    response.end("{}");
  });
  await new Promise<void>((listening) => thief.listen(0, listening));
  const hosts = practice.providers.map(({ hostPort }) => hostPort);
  await setOutboundAllow(owner, [...hosts, new URL(thiefUrl()).host]);
});
afterAll(async () => {
  await practice.stop();
  thief.closeAllConnections();
  thief.close();
});
beforeEach(async () => {
  stolen = [];
  // Each test has an admin of its own, so that none waits for the turns of another.
  await signInAs((await join(owner, "admin")).session);
});

async function signInAs({ id, epoch }: SessionSubject): Promise<void> {
  const since = Math.floor(Date.now() / 1000);
  const token = { sub: id, epoch, since };
  const value = await encode({ token, secret: sessionSecret(), maxAge: 3600 });
  request.cookies.set(sessionCookie().name, value);
}

const config = (changes: Config = {}): Config => ({
  discovery_url: `${base}/.well-known/openid-configuration`,
  client_id: "gatehouse",
  client_secret: CLIENT_SECRET,
  auth_url: `${base}/auth`,
  token_url: `${base}/token`,
  certs_url: `${base}/jwks`,
  issuer: base,
  pkce_enabled: true,
  ...changes,
});

const save = async (changes: Config = {}) =>
  addLoginMethod(owner, {
    kind: "oidc",
    values: { name: `Method ${randomUUID().slice(0, 8)}`, config: config(changes) },
  });

const OWN_PAGE = { "content-type": "application/json", "sec-fetch-site": "same-origin" };

async function ask(
  input: { loginMethodId?: string; baseVersion?: number; config?: Config },
  headers: Record<string, string> = OWN_PAGE,
): Promise<{ status: number; text: string; result: Result<CheckReport> }> {
  const body = { loginMethodId: randomUUID(), kind: "oidc", baseVersion: 0, ...input };
  const response = await POST(
    new Request(`${env().url}/settings/authentication/check`, {
      method: "POST",
      headers,
      body: JSON.stringify({ ...body, config: input.config ?? config() }),
    }),
  );
  const text = await response.text();
  return { status: response.status, text, result: JSON.parse(text) };
}

const reportOf = (result: Result<CheckReport>): CheckReport => {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.data;
};

describe("checking a form as it stands", () => {
  it("checks what was never saved, without a name", async () => {
    const report = reportOf((await ask({})).result);
    expect(report.checks.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(report.checks.map(({ id }) => id)).toContain("credentials");
  });

  it("fills a blank secret with the stored one, and tells it nowhere", async () => {
    const made = await save();
    const { text, result } = await ask({
      loginMethodId: made.id,
      baseVersion: 1,
      config: config({ client_secret: "" }),
    });
    const credentials = reportOf(result).checks.find(({ id }) => id === "credentials");
    expect(credentials?.status).toBe("ok");
    expect(text).not.toContain(CLIENT_SECRET);
  });

  it("offers only remedies that the form has fields for", async () => {
    const { result } = await ask({ config: config({ client_id: "variant-basic" }) });
    const { checks } = reportOf(result);
    expect(checks.flatMap(({ remedies }) => remedies)).toEqual([
      { label: "Switch to Basic", set: { token_auth_method: "client_secret_basic" } },
    ]);
  });

  it("says which fields are missing", async () => {
    const { result } = await ask({ config: config({ client_id: "", client_secret: "" }) });
    expect(result).toMatchObject({ ok: false, code: "invalid_input" });
    expect(Object.keys((!result.ok && result.fields) || {})).toEqual([
      "config.client_id",
      "config.client_secret",
    ]);
  });

  it("says that somebody saved meanwhile", async () => {
    const made = await save();
    const { result } = await ask({ loginMethodId: made.id, baseVersion: 7 });
    expect(result).toMatchObject({ ok: false, code: "conflict" });
  });
});

describe("attacks on the check", () => {
  it.each([["token_url"], ["par_url"]])("a stored secret sent to a new %s", async (field) => {
    const made = await save();
    const { result } = await ask({
      loginMethodId: made.id,
      baseVersion: 1,
      config: config({ client_secret: "", [field]: `${thiefUrl()}/token` }),
    });
    expect(result).toMatchObject({ ok: false, code: "invalid_input" });
    expect(JSON.stringify(result)).toContain("new address");
    expect(stolen).toEqual([]);
  });

  it("a stored secret of another login method, taken by its id", async () => {
    const made = await save();
    const { result } = await ask({ loginMethodId: made.id, config: config({ client_secret: "" }) });
    expect(result.ok).toBe(false);
    expect(stolen).toEqual([]);
  });

  it("a secret repeated by the provider comes back redacted", async () => {
    const { text } = await ask({ config: config({ client_id: "fault-secret-echo" }) });
    expect(text).not.toContain(CLIENT_SECRET);
    expect(text).toContain("no client has the secret");
  });

  it("a private address", async () => {
    const { result } = await ask({
      config: config({ token_url: "https://169.254.169.254/token", auth_url: "https://10.0.0.1/" }),
    });
    const { checks } = reportOf(result);
    expect(checks.find(({ id }) => id === "credentials")).toMatchObject({
      status: "failed",
      found: expect.stringContaining("never calls those"),
    });
    expect(checks.find(({ id }) => id === "callback_url")?.found).toContain("private");
  });

  it("another site's page, and a form without JSON", async () => {
    const elsewhere = { ...OWN_PAGE, "sec-fetch-site": "cross-site" };
    expect((await ask({}, elsewhere)).status).toBe(403);
    const asForm = { ...OWN_PAGE, "content-type": "text/plain" };
    expect((await ask({}, asForm)).status).toBe(403);
  });

  it("a read-only admin, and nobody", async () => {
    await signInAs((await join(owner, "read_only")).session);
    expect((await ask({})).result).toMatchObject({ ok: false, code: "forbidden" });
    request.cookies.clear();
    expect((await ask({})).result).toMatchObject({ ok: false, code: "unauthenticated" });
  });

  it("a provider flooded with wrong secrets", async () => {
    const asks = [];
    for (let count = 0; count < 7; count += 1) {
      asks.push(
        (await ask({ config: config({ client_id: "guess", client_secret: `guess-${count}` }) }))
          .result,
      );
    }
    expect(asks.filter(({ ok }) => ok)).toHaveLength(6);
    expect(asks.at(-1)).toMatchObject({ ok: false, code: "rate_limited" });
  });
});
