import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { clientKeys } from "@/db/schema/client-keys";
import { testRuns } from "@/db/schema/test-runs";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { jwksPath } from "@/lib/client-keys/schema";
import { makeClientKey, removeClientKey, switchToClientKey } from "@/lib/client-keys/store";
import type { Config } from "@/lib/connectors/definition";
import { machine } from "@/lib/http/app";
import { CALLBACK, CONSOLE, TestBrowser } from "@/lib/http/testing-journey";
import type { Admin } from "@/lib/kit/actor";
import {
  addLoginMethod,
  changeLoginMethod,
  getLoginMethod,
  openLoginMethod,
} from "@/lib/login-methods/store";
import { diagnosesOf } from "@/lib/test-runs/diagnoses-of";
import { openFix } from "@/lib/test-runs/fix";
import type { TestRun } from "@/lib/test-runs/schema";
import { type StartedRun, startTestRun } from "@/lib/test-runs/start";
import { startDraftTest } from "@/lib/test-runs/start-draft";
import { getTestRun } from "@/lib/test-runs/store";
import { type Practice, startPractice } from ".";
import { signInAt } from "./sign-in";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
// Keys are made and tokens signed, on whatever machine this is.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
useTestDatabase();

let practice: Practice;
let ada: Admin;
let base: string;
let settings: Config;
/** The data plane, where the provider reaches it. */
let plane: { origin: string; close(): void };

async function serveDataPlane() {
  const server = createServer(async (request, response) => {
    const answer = await machine().request(`${CONSOLE}${request.url}`);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

beforeAll(async () => {
  plane = await serveDataPlane();
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  const generic = practice.providers.find(({ id }) => id === "generic");
  if (!generic) throw new Error("no generic provider");
  base = `http://${generic.hostPort}`;
  const response = await fetch(`${base}/.well-known/openid-configuration`);
  const document = (await response.json()) as Record<string, string>;
  settings = {
    client_secret: generic.fields.client_secret,
    auth_url: document.authorization_endpoint,
    token_url: document.token_endpoint,
    certs_url: document.jwks_uri,
    issuer: document.issuer,
    pkce_enabled: true,
  };
  ada = await firstOwner();
});
afterAll(async () => {
  await practice.stop();
  plane.close();
});
beforeEach(async () => {
  // The quota is about minutes, the tests are not.
  await (await database()).update(testRuns).set({ createdAt: sql`now() - interval '2 minutes'` });
});

const add = (id: string, config: Config) =>
  addLoginMethod(ada, {
    id,
    kind: "oidc",
    values: { name: `Practice ${id.slice(0, 8)}`, config: { ...settings, ...config } },
  });

const register = (client: string, id: string, origin = plane.origin) =>
  fetch(`${base}/register-keys`, {
    method: "POST",
    body: new URLSearchParams({ client, url: `${origin}${jwksPath(id)}` }),
  });

/** A whole Test: away, the sign-in, and back. */
const runTest = async (id: string) => follow(await startTestRun(ada, id, null));

async function follow({ runId, url }: StartedRun): Promise<TestRun> {
  const browser = new TestBrowser();
  const away = await browser.leave(url);
  if (!away.startsWith(CONSOLE)) await browser.open(await signInAt(away, "ada"));
  return getTestRun(ada, runId);
}
const warnings = (run: TestRun) => ("warnings" in run ? run.warnings : []);
const diagnosis = (run: TestRun) => ("diagnosis" in run ? run.diagnosis : null);
const codeOf = (run: TestRun) => diagnosis(run)?.code ?? null;
const warningsOf = (run: TestRun) => warnings(run).map(({ code }) => code);

describe("private_key_jwt with a provider that reads the key set by its address", () => {
  const CLIENT = "variant-private-key-jwt";
  const SIGNS = { client_id: CLIENT, client_secret: "", token_auth_method: "private_key_jwt" };

  it("passes with a key that was handed over before the login method was saved", async () => {
    const id = randomUUID();
    await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    expect((await register(CLIENT, id)).status).toBe(200);
    await add(id, SIGNS);
    const run = await runTest(id);
    expect([run.state, codeOf(run)]).toEqual(["passed", null]);
  });

  it("says that there is no key, and that the provider does not know it", async () => {
    const id = randomUUID();
    await add(id, SIGNS);
    expect(codeOf(await runTest(id))).toBe("no_client_key");
    await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    await register(CLIENT, randomUUID());
    expect(codeOf(await runTest(id))).toBe("client_key_refused");
  });

  it("goes on through a change of keys, until the last one that is known is deleted", async () => {
    const id = randomUUID();
    const [first] = await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    await register(CLIENT, id);
    await add(id, SIGNS);
    const [second] = await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "PS256" });
    expect((await runTest(id)).state).toBe("passed");
    await switchToClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
    expect((await runTest(id)).state).toBe("passed");
    await removeClientKey(ada, { loginMethodId: id, kid: first?.kid ?? "" });
    expect((await runTest(id)).state).toBe("passed");
    await removeClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
    expect(codeOf(await runTest(id))).toBe("no_client_key");
  });

  it("is refused with the key of another login method", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    for (const id of [mine, theirs]) {
      await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    }
    await register(CLIENT, theirs);
    await add(mine, SIGNS);
    expect(codeOf(await runTest(mine))).toBe("client_key_refused");
  });

  it("leaves nothing of the private key in the run, the log or the audit", async () => {
    const id = randomUUID();
    await makeClientKey(ada, { loginMethodId: id, use: "sig", alg: "RS256" });
    await register(CLIENT, id);
    await add(id, SIGNS);
    const run = await runTest(id);
    const { connection } = await openLoginMethod(ada, id);
    const db = await database();
    const seen = JSON.stringify([
      run,
      await db.select().from(testRuns).where(eq(testRuns.loginMethodId, id)),
      await db.select().from(auditLog),
      await db.select().from(clientKeys),
    ]);
    for (const part of ["d", "p", "q", "dp", "dq", "qi"]) {
      const value = connection.clientKey?.[part];
      expect(value).toEqual(expect.any(String));
      expect(seen).not.toContain(value);
    }
    expect(seen).toContain("client_assertion=[redacted]");
  });
});

describe("encrypted ID tokens (RSA-OAEP-256, A256CBC-HS512)", () => {
  const CLIENT = "variant-encrypted-id-token";

  it("are opened with a key that Gatehouse made, also with the one before it", async () => {
    const id = randomUUID();
    const make = () => makeClientKey(ada, { loginMethodId: id, use: "enc", alg: "RSA-OAEP-256" });
    const [first] = await make();
    await register(CLIENT, id);
    await add(id, { client_id: CLIENT });
    const run = await runTest(id);
    expect([run.state, codeOf(run)]).toEqual(["passed", null]);
    expect(JSON.stringify(run)).toContain("RSA-OAEP-256, A256CBC-HS512");
    const [second] = await make();
    expect((await runTest(id)).state).toBe("passed");
    await removeClientKey(ada, { loginMethodId: id, kid: first?.kid ?? "" });
    expect((await runTest(id)).state).toBe("passed");
    await removeClientKey(ada, { loginMethodId: id, kid: second?.kid ?? "" });
  });

  it("are explained when they are encrypted to a key of another login method", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    await makeClientKey(ada, { loginMethodId: theirs, use: "enc", alg: "RSA-OAEP-256" });
    await register(CLIENT, theirs);
    await add(mine, { client_id: CLIENT });
    const run = await runTest(mine);
    expect(codeOf(run)).toBe("id_token_encrypted");
    expect(diagnosis(run)?.field).toBe("decryption_key");
  });
});

describe("a new client secret beside the old one", () => {
  const right = () => String(settings.client_secret);
  const replace = async (id: string, client_secret: string) => {
    const { version, name, config } = await getLoginMethod(ada, id);
    return changeLoginMethod(ada, {
      id,
      version,
      values: { name, config: { ...config, client_secret, previous_client_secret: true } },
    });
  };

  it("sign-ins go on with the old one while the provider refuses the new one", async () => {
    const id = randomUUID();
    await add(id, { client_id: "gatehouse" });
    const changed = await replace(id, "not-valid-yet-1f2e3d");
    expect(Object.keys(changed.secrets).sort()).toEqual([
      "client_secret",
      "previous_client_secret",
    ]);
    const run = await runTest(id);
    expect([run.state, warningsOf(run)]).toEqual([
      "passed_with_warnings",
      ["old_secret_still_needed"],
    ]);
    expect(JSON.stringify(run)).not.toContain(right());
    expect(JSON.stringify(run)).not.toContain("not-valid-yet-1f2e3d");
  });

  it("a test says when the old one can be removed, and the removal does that", async () => {
    const id = randomUUID();
    await add(id, { client_id: "gatehouse", client_secret: "old-0a1b2c3d" });
    await replace(id, right());
    const run = await runTest(id);
    expect([run.state, warningsOf(run)]).toEqual(["passed", ["old_secret_not_needed"]]);
    const at = diagnosesOf(run).findIndex(({ code }) => code === "old_secret_not_needed");
    const fix = await openFix(ada, id, `${run.id}.${at}.0`);
    expect(fix.changes).toEqual([
      { name: "previous_client_secret", before: undefined, after: null },
    ]);
    const draft = { draft: randomUUID(), run: randomUUID(), fix: `${run.id}.${at}.0` };
    const tested = await follow(await startDraftTest(ada, id, draft));
    expect([tested.state, warningsOf(tested)]).toEqual(["passed", []]);
    const { version, values } = { ...(await getLoginMethod(ada, id)), values: fix.values };
    const changed = await changeLoginMethod(ada, { id, version, values: { ...values } });
    expect(Object.keys(changed.secrets)).toEqual(["client_secret"]);
    expect(changed.fingerprint, "what was tested is what was saved").toBe(tested.fingerprint);
    expect(warningsOf(await runTest(id))).toEqual([]);
  });

  it("the stored one cannot be had by keeping it at a new address", async () => {
    const id = randomUUID();
    await add(id, { client_id: "gatehouse" });
    const { version, name, config } = await getLoginMethod(ada, id);
    const stolen = {
      ...config,
      client_secret: "anything",
      previous_client_secret: true,
      token_url: "https://thief.test/token",
    };
    await expect(
      changeLoginMethod(ada, { id, version, values: { name, config: stolen } }),
    ).rejects.toMatchObject({ fields: { "config.previous_client_secret": [expect.any(String)] } });
  });
});

it.each([
  ["an unknown client", { client: "gatehouse", url: `http://localhost${jwksPath(randomUUID())}` }],
  [
    "any other address",
    { client: "variant-private-key-jwt", url: "http://169.254.169.254/latest" },
  ],
  ["nothing", {}],
])("the practice page registers no keys of %s", async (_, form) => {
  const body = new URLSearchParams(form as Record<string, string>);
  expect((await fetch(`${base}/register-keys`, { method: "POST", body })).status).toBe(400);
});
