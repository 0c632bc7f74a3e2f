import { randomUUID } from "node:crypto";
// biome-ignore lint/style/noRestrictedImports: a test reads what was stored
import { eq, sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
// biome-ignore lint/style/noRestrictedImports: a test reads what was stored
import { database } from "@/db/client";
// biome-ignore lint/style/noRestrictedImports: a test reads what was stored
import { loginMethodDrafts } from "@/db/schema/login-method-drafts";
// biome-ignore lint/style/noRestrictedImports: a test reads what was stored
import { testRuns } from "@/db/schema/test-runs";
// biome-ignore lint/style/noRestrictedImports: a test brings a database of its own
import { useTestDatabase } from "@/db/testing";
import { sessionCookie, sessionSecret } from "@/lib/admins/auth-options";
import type { SessionSubject } from "@/lib/admins/credentials/store";
import { firstOwner, join } from "@/lib/admins/testing";
import type { Owner } from "@/lib/kit/actor";
import { openDraft } from "@/lib/login-methods/drafts/store";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import { addLoginMethod, changeLoginMethod, openLoginMethod } from "@/lib/login-methods/store";
import { keepTestedIssuer } from "@/lib/test-runs/keep-issuer";
import { latestRuns } from "@/lib/test-runs/store";
import { GET, POST } from "./route";

const CONSOLE = "http://localhost:3999";
vi.stubEnv("GATEHOUSE_URL", CONSOLE);

/** The browser at hand: what Next would read from its request. */
const request = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: new Headers() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => request.cookies.set(name, value),
  }),
  headers: async () => request.headers,
}));
vi.mock("next/server", () => ({ connection: async () => undefined }));

useTestDatabase();
let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

async function browserOf({ id, epoch }: SessionSubject): Promise<void> {
  const since = Math.floor(Date.now() / 1000);
  const token = { sub: id, epoch, since };
  const value = await encode({ token, secret: sessionSecret(), maxAge: 3600 });
  request.cookies.set(sessionCookie().name, value);
}
beforeEach(async () => {
  request.cookies.clear();
  const db = await database();
  await db.execute(sql`truncate login_methods, login_method_drafts, test_runs cascade`);
  await browserOf((await join(owner, "admin")).session);
});

const SECRET = "planted-secret-98c2";
const config = {
  client_id: "gatehouse",
  client_secret: SECRET,
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
};

const settings = (over: object = {}) =>
  JSON.stringify({ kind: "oidc", version: 0, from: null, values: { name: "", config }, ...over });
const form = (over: Record<string, string> = {}) => ({
  draft: randomUUID(),
  run: randomUUID(),
  settings: settings(),
  ...over,
});
const fixing = (fix: string) => ({ draft: randomUUID(), run: randomUUID(), fix });

async function post(
  id: string,
  fields: Record<string, string> | string,
  headers: Record<string, string> = { "sec-fetch-site": "same-origin" },
) {
  const body = typeof fields === "string" ? fields : new URLSearchParams(fields).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const response = await POST(
    new Request(`${CONSOLE}/x`, { method: "POST", body, headers: { ...type, ...headers } }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const counted = async () => {
  const db = await database();
  return { drafts: await db.$count(loginMethodDrafts), runs: await db.$count(testRuns) };
};
const NOTHING = { drafts: 0, runs: 0 };

const remedy = { label: "Turn on PKCE", set: { pkce_enabled: true, client_secret: "stolen" } };
const outcome = (remedies: object[]) => ({
  steps: [],
  diagnosis: {
    code: "pkce_required",
    step: "callback",
    title: "Provider requires PKCE",
    cause: "x",
    fixes: [],
    field: null,
    facts: [],
    remedies,
  },
});

/** Ends a run as the engine would. */
async function end(runId: string, status: "failed" | "passed", result: Record<string, unknown>) {
  const db = await database();
  await db
    .update(testRuns)
    .set({ status, outcome: result, finishedAt: sql`now()` })
    .where(eq(testRuns.id, runId));
}

describe("a test of a form", () => {
  it("keeps a draft, starts its run and sends the browser on, by a page and not by a redirect", async () => {
    const [id, fields] = [randomUUID(), form()];
    const { status, text, headers } = await post(id, fields);
    expect(status).toBe(200);
    expect(headers.get("location")).toBeNull();
    expect(text).toMatch(
      new RegExp(`http-equiv="refresh" content="0;url=[^"]+/test-idp/${fields.run}\\?ticket=`),
    );
    expect(text).not.toContain(SECRET);
    const opened = await openDraft(owner, { id: fields.draft, loginMethodId: id });
    expect(opened.connection.clientSecret).toBe(SECRET);
    expect(await counted()).toEqual({ drafts: 1, runs: 1 });
  });

  it.each([
    ["cross-site request forgery from another site", { "sec-fetch-site": "cross-site" }],
    ["cross-site request forgery from a sibling host", { "sec-fetch-site": "same-site" }],
    ["a form without a page", { "sec-fetch-site": "none" }],
    ["an old browser on another site", { origin: "https://evil.example" }],
    ["a request that says nothing", {}],
  ])("refuses %s", async (_, headers) => {
    expect((await post(randomUUID(), form(), headers)).status).toBe(403);
    expect(await counted()).toEqual(NOTHING);
  });

  it("refuses a read-only admin, and somebody who is signed out", async () => {
    await browserOf((await join(owner, "read_only")).session);
    expect((await post(randomUUID(), form())).status).toBe(403);
    request.cookies.clear();
    expect((await post(randomUUID(), form())).status).toBe(401);
    expect(await counted()).toEqual(NOTHING);
  });

  it.each([
    ["too much", { settings: settings({ values: { name: "x".repeat(300_000), config } }) }],
    ["no JSON", { settings: "{" }],
    ["JSON of something else", { settings: "[]" }],
    ["an unknown member", { settings: settings({ enabled: true }) }],
    ["a draft with an odd id", { draft: "1" }],
    ["neither settings nor a fix", { settings: "" }],
  ])("refuses %s", async (_, over: Record<string, string>) => {
    expect((await post(randomUUID(), form(over))).status).toBe(400);
    expect(await counted()).toEqual(NOTHING);
  });

  it("refuses another content type, and an id that is none", async () => {
    const json = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
    expect((await post(randomUUID(), settings(), json)).status).toBe(400);
    expect((await post("..%2f", form())).status).toBe(404);
    expect(await counted()).toEqual(NOTHING);
  });

  it("says on the page what is wrong, by the labels of the form, and repeats no value", async () => {
    const values = { name: "", config: { ...config, auth_url: "http://<img src=x>" } };
    const { status, text } = await post(randomUUID(), form({ settings: settings({ values }) }));
    expect(status).toBe(400);
    expect(text).toContain("Auth URL: ");
    expect(text).toContain("still in the form");
    expect(text).not.toContain("<img");
    expect(text).not.toContain(SECRET);
  });

  it("does nothing of the kind by GET, whatever the address says", async () => {
    const id = randomUUID();
    const url = `${CONSOLE}/x?${new URLSearchParams(form())}`;
    const headers = { "sec-fetch-site": "same-origin" };
    const response = await GET(new Request(url, { headers }), { params: Promise.resolve({ id }) });
    expect(response.headers.get("location")).toContain("problem=gone");
    expect(await counted()).toEqual(NOTHING);
  });
});

describe("a fix of a test", () => {
  async function failedDraft(remedies: object[] = [remedy]) {
    const [id, fields] = [randomUUID(), form()];
    await post(id, fields);
    await end(fields.run, "failed", outcome(remedies));
    return { id, run: fields.run };
  }

  it("tests the settings of the run with the remedy applied, its secret kept, and no secret from a remedy", async () => {
    const { id, run } = await failedDraft();
    const fields = fixing(`${run}.0.0`);
    expect((await post(id, fields)).status).toBe(200);
    const { connection, settings: tested } = await openDraft(owner, {
      id: fields.draft,
      loginMethodId: id,
    });
    expect(tested).toMatchObject({ pkce_enabled: true });
    expect(connection.clientSecret).toBe(SECRET);
  });

  it.each([
    ["another place", (run: string) => `${run}.0.1`],
    ["another diagnosis", (run: string) => `${run}.1.0`],
    ["another run", () => `${randomUUID()}.0.0`],
    ["values of its own", (run: string) => `${run}.0.0&set=x`],
    ["no fix", () => "__proto__"],
  ])("refuses %s", async (_, fix) => {
    const { id, run } = await failedDraft();
    expect((await post(id, fixing(fix(run)))).status).toBe(404);
    expect(await counted()).toEqual({ drafts: 1, runs: 1 });
  });

  it("refuses the run of another login method, and a remedy of nothing but secrets", async () => {
    const { run } = await failedDraft();
    expect((await post(randomUUID(), fixing(`${run}.0.0`))).status).toBe(404);
    const odd = await failedDraft([{ label: "x", set: { client_secret: "y", __proto__: "z" } }]);
    expect((await post(odd.id, fixing(`${odd.run}.0.0`))).status).toBe(404);
  });

  it("refuses to send a stored secret where a remedy points", async () => {
    const moved = { label: "x", set: { token_url: "https://evil.test/token" } };
    const { id, run } = await failedDraft([moved]);
    const { status, text } = await post(id, fixing(`${run}.0.0`));
    expect(status).toBe(400);
    expect(text).toContain("Enter the client secret again");
  });

  it("is refused once the login method was changed", async () => {
    const made = await addLoginMethod(owner, { kind: "oidc", values: { name: "Acme", config } });
    const url = `${CONSOLE}/x?run=${randomUUID()}`;
    const run = new URL(url).searchParams.get("run") ?? "";
    const headers = { "sec-fetch-site": "same-origin" };
    await GET(new Request(url, { headers }), { params: Promise.resolve({ id: made.id }) });
    await end(run, "failed", outcome([remedy]));
    expect((await post(made.id, fixing(`${run}.0.0`))).status).toBe(200);
    const values = { name: "Acme", config: { ...made.config, claims: ["x"] } };
    await changeLoginMethod(owner, { id: made.id, version: 1, values });
    const { status, text } = await post(made.id, fixing(`${run}.0.0`));
    expect(status).toBe(409);
    expect(text).toContain("Acme was changed after this test");
  });

  it("works for a press before the page's script has loaded, which gives no ids", async () => {
    const { id, run } = await failedDraft();
    expect((await post(id, { fix: `${run}.0.0`, run: "" })).status).toBe(200);
    expect(await counted()).toEqual({ drafts: 2, runs: 2 });
  });

  it("runs the same draft again", async () => {
    const { id, run } = await failedDraft();
    const again = { draft: randomUUID(), run: randomUUID(), again: run };
    expect((await post(id, again)).status).toBe(200);
    expect(await counted()).toEqual({ drafts: 1, runs: 2 });
    expect((await post(randomUUID(), again)).status).toBe(404);
  });
});

describe("settings that passed before they were saved", () => {
  async function passed() {
    const [id, fields] = [randomUUID(), form()];
    await post(id, fields);
    await end(fields.run, "passed", { steps: [], issuer: "https://id.acme.test" });
    const values = { name: "Acme", config };
    return addLoginMethod(owner, { id, kind: "oidc", values });
  }

  it("count as tested, expect the issuer they met, and may be enabled", async () => {
    const made = await keepTestedIssuer(owner, await passed());
    expect(made.pinnedIssuer).toBe("https://id.acme.test");
    expect((await openLoginMethod(owner, made.id)).connection.issuer).toBe("https://id.acme.test");
    expect((await latestRuns(owner, [made]))[made.id]).toMatchObject({
      status: "passed",
      draft: true,
      fingerprint: made.fingerprint,
    });
    await setLoginMethodEnabled(owner, { id: made.id, enabled: false });
    expect((await setLoginMethodEnabled(owner, { id: made.id, enabled: true })).enabled).toBe(true);
  });

  it("do not speak for other settings: an issuer is not kept, and enabling is refused until accepted", async () => {
    const made = await passed();
    const values = { name: "Acme", config: { ...made.config, claims: ["x"] } };
    const next = await changeLoginMethod(owner, { id: made.id, version: 1, values });
    expect((await keepTestedIssuer(owner, next)).pinnedIssuer).toBeNull();
    await setLoginMethodEnabled(owner, { id: made.id, enabled: false });
    const enable = { id: made.id, enabled: true };
    await expect(setLoginMethodEnabled(owner, enable)).rejects.toMatchObject({
      code: "conflict",
      message: "Acme has changed since it last passed a test.",
    });
    const accepted = await setLoginMethodEnabled(owner, { ...enable, untested: "accept" });
    expect(accepted.enabled).toBe(true);
  });

  it("stand before newer tests of other settings", async () => {
    const made = await passed();
    const fields = form({
      settings: settings({
        version: 1,
        values: { name: "Acme", config: { ...config, client_id: "b" } },
      }),
    });
    await post(made.id, fields);
    await end(fields.run, "failed", outcome([]));
    expect((await latestRuns(owner, [made]))[made.id]).toMatchObject({ status: "passed" });
    expect((await latestRuns(owner))[made.id]).toMatchObject({ status: "failed" });
  });
});
