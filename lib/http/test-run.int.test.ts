import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { testRuns } from "@/db/schema/test-runs";
import { useTestDatabase } from "@/db/testing";
import { asAdmin, viewerOf } from "@/lib/admins/capability";
import { gate } from "@/lib/gate/state";
import type { Admin } from "@/lib/kit/actor";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import {
  addLoginMethod,
  changeLoginMethod,
  getLoginMethod,
  removeLoginMethod,
} from "@/lib/login-methods/store";
import type { TestRun } from "@/lib/test-runs/schema";
import { startTestRun } from "@/lib/test-runs/start";
import { cancelTestRun, getTestRun, latestRuns, listTestRuns } from "@/lib/test-runs/store";
import { type Practice, startPractice } from "@/practice";
import { signInAt } from "@/practice/sign-in";
import {
  CALLBACK,
  CONSOLE,
  type CountingProxy,
  countingProxy,
  TestBrowser,
} from "./testing-journey";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
useTestDatabase();

let practice: Practice;
let tokens: CountingProxy;
let admin: Admin;
let endpoints: Record<string, string>;
let fields: Record<string, string>;

beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  const provider = practice.providers.find(({ id }) => id === "generic");
  if (!provider) throw new Error("no generic provider");
  fields = provider.fields;
  const document = await fetch(`http://${provider.hostPort}/.well-known/openid-configuration`);
  endpoints = await document.json();
  tokens = await countingProxy(endpoints.token_endpoint ?? "");
  const db = await database();
  const [row] = await db
    .insert(admins)
    .values({ name: "Ada", email: "ada@console.example", passwordHash: "-", role: "admin" })
    .returning({ id: admins.id });
  admin = asAdmin(
    viewerOf(
      { id: row?.id ?? "", name: "Ada", email: "ada@console.example", role: "admin" },
      { ip: null, requestId: "test", door: "console" },
    ),
  );
});
afterAll(async () => {
  await practice.stop();
  await tokens.close();
});
beforeEach(async () => {
  // The quota is about minutes, the tests are not.
  await (await database()).update(testRuns).set({ createdAt: sql`now() - interval '2 minutes'` });
});

const settings = (over: Record<string, unknown> = {}) => ({
  client_id: fields.client_id,
  client_secret: fields.client_secret,
  auth_url: endpoints.authorization_endpoint,
  token_url: tokens.url,
  certs_url: endpoints.jwks_uri,
  issuer: endpoints.issuer,
  pkce_enabled: true,
  ...over,
});

async function addMethod(over: Record<string, unknown> = {}) {
  return addLoginMethod(admin, {
    kind: "oidc",
    values: { name: `Practice ${randomUUID()}`, config: settings(over) },
  });
}

/** A run whose browser stands before the callback, its provider's answer in hand. */
async function signedInRun(over: Record<string, unknown> = {}, browser = new TestBrowser()) {
  const method = await addMethod(over);
  const { runId, url } = await startTestRun(admin, method.id, null);
  const callback = await signInAt(await browser.leave(url), "ada");
  return { method, runId, browser, callback, before: tokens.count() };
}

const resultOf = (loginMethodId: string, runId: string): string =>
  `${CONSOLE}/settings/authentication/login-methods/${loginMethodId}/tests/${runId}`;

const stateOf = async (runId: string): Promise<TestRun["state"]> =>
  (await getTestRun(admin, runId)).state;

const codeOf = (run: TestRun): string | null => ("diagnosis" in run ? run.diagnosis.code : null);

const expire = async (runId: string) =>
  (await database()).update(testRuns).set({ expiresAt: sql`now()` }).where(eq(testRuns.id, runId));

async function expectPage(response: Response, status: number, words: RegExp): Promise<void> {
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text).toMatch(words);
  expect(text).toMatch(/<dt>Reference<\/dt><dd class="ref">[2-9A-Z]{4}-[2-9A-Z]{4}<\/dd>/);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("cache-control")).toBe("no-store");
}

describe("a whole test run", () => {
  it("goes to the provider and back, and shows who came with which claims", async () => {
    const { method, runId, browser, callback, before } = await signedInRun();
    expect(await stateOf(runId)).toBe("waiting");
    const response = await browser.open(callback);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(resultOf(method.id, runId));
    const run = await getTestRun(admin, runId);
    expect(run).toMatchObject({
      state: expect.stringMatching(/^passed/),
      startedBy: "Ada",
      version: method.version,
      redirectUri: CALLBACK,
      identity: { email: { value: "ada@example.com" } },
    });
    expect(run.steps.map(({ step }) => step)).toEqual([
      "configuration",
      "keys",
      "authorize",
      "callback",
      "exchange",
      "id_token",
      "user_info",
      "identity",
    ]);
    expect(tokens.count()).toBe(before + 1);
    expect((await latestRuns(admin))[method.id]).toMatchObject({ runId, version: method.version });
    expect(await listTestRuns(admin, method.id)).toMatchObject([
      { id: runId, email: "ada@example.com", failedTitle: null },
    ]);
  });

  it("keeps the claims in the order in which they came", async () => {
    const { runId, browser, callback } = await signedInRun();
    await browser.open(callback);
    const run = await getTestRun(admin, runId);
    const names = Object.keys(("claims" in run && run.claims?.idTokenPayload) || {});
    const sent = ["department", "is_admin", "clearance", "quota", "org", "roles", "motto"];
    expect(names.filter((name) => sent.includes(name))).toEqual(sent);
  });

  it("keeps no secret, code, state or token of the trip", async () => {
    const { runId, browser, callback } = await signedInRun();
    const query = new URL(callback).searchParams;
    const db = await database();
    const [held] = await db.select().from(testRuns).where(eq(testRuns.id, runId));
    expect(JSON.stringify(held)).not.toContain(query.get("state"));
    await browser.open(callback);
    const [row] = await db.select().from(testRuns).where(eq(testRuns.id, runId));
    const text = JSON.stringify(row);
    expect(row?.sealed).toBe("");
    for (const secret of [query.get("code"), query.get("state"), fields.client_secret]) {
      expect(secret).toBeTruthy();
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20}/);
  });

  it("pins the issuer that a passed test proved, and only then", async () => {
    const { method, browser, callback } = await signedInRun({ issuer: undefined });
    expect(method.pinnedIssuer).toBeNull();
    await browser.open(callback);
    expect((await getLoginMethod(admin, method.id)).pinnedIssuer).toBe(endpoints.issuer);
    expect((await getLoginMethod(admin, method.id)).version).toBe(method.version);
  });

  it("says so when the secret is wrong, and pins nothing", async () => {
    const { method, runId, browser, callback } = await signedInRun({
      issuer: undefined,
      client_secret: "not-the-secret",
    });
    await browser.open(callback);
    expect(await getTestRun(admin, runId)).toMatchObject({
      state: "failed",
      diagnosis: { step: "exchange", fixes: expect.arrayContaining([expect.any(String)]) },
    });
    expect((await getLoginMethod(admin, method.id)).pinnedIssuer).toBeNull();
    expect((await latestRuns(admin))[method.id]).toMatchObject({ failedStep: "exchange" });
  });

  it("proves a login method before it is enabled", async () => {
    const browser = new TestBrowser();
    const method = await addMethod();
    await setLoginMethodEnabled(admin, { id: method.id, enabled: false });
    const { runId, url } = await startTestRun(admin, method.id, null);
    await browser.open(await signInAt(await browser.leave(url), "ada"));
    expect(await stateOf(runId)).toMatch(/^passed/);
  });

  it("ends at the result at once when the keys cannot be read", async () => {
    const browser = new TestBrowser();
    const method = await addMethod({ certs_url: `${endpoints.issuer}/nothing-here` });
    const { runId, url } = await startTestRun(admin, method.id, null);
    expect(await browser.leave(url)).toBe(resultOf(method.id, runId));
    expect(await getTestRun(admin, runId)).toMatchObject({
      state: "failed",
      diagnosis: { field: "certs_url" },
    });
  });

  it("in two tabs at once, each comes back to its own", async () => {
    const browser = new TestBrowser();
    const one = await signedInRun({}, browser);
    const two = await signedInRun({}, browser);
    await browser.open(two.callback);
    expect([await stateOf(one.runId), await stateOf(two.runId)]).toEqual([
      "waiting",
      expect.stringMatching(/^passed/),
    ]);
    await browser.open(one.callback);
    expect(await stateOf(one.runId)).toMatch(/^passed/);
  });
});

describe("replay", () => {
  it("replayed state: the same browser sees the result, and no code is exchanged again", async () => {
    const { method, runId, browser, callback, before } = await signedInRun();
    await browser.open(callback);
    const again = await browser.open(callback);
    expect(again.headers.get("location")).toBe(resultOf(method.id, runId));
    expect(tokens.count()).toBe(before + 1);
  });

  it("replayed state in another browser: learns nothing, not even which run it was", async () => {
    const { method, runId, browser, callback } = await signedInRun();
    await browser.open(callback);
    const stranger = await new TestBrowser().open(callback);
    expect(stranger.headers.get("location")).toBeNull();
    const text = await stranger.clone().text();
    expect(text).not.toContain(runId);
    expect(text).not.toContain(method.id);
    await expectPage(stranger, 400, /not known here/);
  });

  it("double callback in parallel: exactly one exchange", async () => {
    const { runId, browser, callback, before } = await signedInRun();
    const answers = await Promise.all(Array.from({ length: 6 }, () => browser.open(callback)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
    expect(tokens.count()).toBe(before + 1);
    expect(await stateOf(runId)).toMatch(/^passed/);
  });

  it("a ticket works once: the second visit is bound to nothing and sees no provider", async () => {
    const method = await addMethod();
    const { runId, url } = await startTestRun(admin, method.id, null);
    const [first, second] = await Promise.all([
      new TestBrowser().open(url),
      new TestBrowser().open(url),
    ]);
    const statuses = [first.status, second.status].sort();
    expect(statuses).toEqual([302, 303]);
    const loser = first.status === 303 ? first : second;
    expect(loser.headers.getSetCookie()).toEqual([]);
    expect(loser.headers.get("location")).toBe(resultOf(method.id, runId));
  });
});

describe("session fixation and foreign answers", () => {
  it("missing cookie: the code is not exchanged and the run says why", async () => {
    const { runId, callback, before } = await signedInRun();
    await expectPage(await new TestBrowser().open(callback), 403, /another browser/);
    expect(tokens.count()).toBe(before);
    expect(codeOf(await getTestRun(admin, runId))).toBe("browser_mismatch");
  });

  it("a cookie of the attacker's own run does not stand for the victim's", async () => {
    const victim = await signedInRun();
    const attacker = await signedInRun();
    const own = [...attacker.browser.jar.values()][0] ?? "";
    for (const name of victim.browser.jar.keys()) attacker.browser.jar.set(name, own);
    await expectPage(await attacker.browser.open(victim.callback), 403, /another browser/);
    expect(tokens.count()).toBe(victim.before);
  });

  it("login CSRF: an attacker's answer opened in the victim's browser is not used", async () => {
    const victim = new TestBrowser();
    const own = await signedInRun({}, victim);
    const attacker = await signedInRun();
    await expectPage(await victim.open(attacker.callback), 403, /another browser/);
    expect(await stateOf(own.runId)).toBe("waiting");
    expect(tokens.count()).toBe(attacker.before);
  });

  it.each(["made-up", "", " ", "%00", "a".repeat(8000)])(
    "foreign state is not known: %.20j",
    async (state) => {
      const before = tokens.count();
      const response = await new TestBrowser().open(`${CALLBACK}?code=c&state=${state}`);
      await expectPage(response, 400, /not known here|does not say which sign-in/);
      expect(tokens.count()).toBe(before);
    },
  );

  it("a code from another run does not pass under this run's state", async () => {
    const one = await signedInRun();
    const two = await signedInRun({}, one.browser);
    const mixed = new URL(one.callback);
    mixed.searchParams.set("code", new URL(two.callback).searchParams.get("code") ?? "");
    await one.browser.open(mixed.href);
    expect(await stateOf(one.runId)).toBe("failed");
  });

  it("mix-up: an answer in the name of another issuer is refused before the exchange", async () => {
    const { runId, browser, callback, before } = await signedInRun();
    const foreign = new URL(callback);
    foreign.searchParams.set("iss", "https://evil.example");
    await browser.open(foreign.href);
    expect(await stateOf(runId)).toBe("failed");
    expect(tokens.count()).toBe(before);
  });

  it.each(["not-a-uuid", "00000000-0000-4000-8000-000000000000", "'; drop table test_runs; --"])(
    "a ticket for a run that is none: %s",
    async (id) => {
      const url = `${CONSOLE}/cdn-cgi/access/test-idp/${encodeURIComponent(id)}?ticket=${"t".repeat(43)}`;
      await expectPage(await new TestBrowser().open(url), 404, /does not work/);
    },
  );

  it("a ticket of one run does not open another", async () => {
    const method = await addMethod();
    const one = await startTestRun(admin, method.id, null);
    const two = await startTestRun(admin, method.id, null);
    const crossed = one.url.replace(/ticket=.*/, new URL(two.url).search.slice(1));
    await expectPage(await new TestBrowser().open(crossed), 404, /does not work/);
    expect(await stateOf(one.runId)).toBe("waiting");
  });
});

describe("a run that ended before its answer came", () => {
  it("expired: the answer changes nothing, and the reason is the provider that kept silent", async () => {
    const { method, runId, browser, callback, before } = await signedInRun();
    await expire(runId);
    const response = await browser.open(callback);
    expect(response.headers.get("location")).toBe(resultOf(method.id, runId));
    const run = await getTestRun(admin, runId);
    expect([run.state, codeOf(run)]).toEqual(["timed_out", "no_callback"]);
    expect(tokens.count()).toBe(before);
    expect((await latestRuns(admin))[method.id]).toMatchObject({
      status: "timed_out",
      failedStep: "callback",
    });
  });

  it("cancelled, then the callback: it stays cancelled", async () => {
    const { runId, browser, callback, before } = await signedInRun();
    expect(await cancelTestRun(admin, runId)).toBe(true);
    expect((await browser.open(callback)).status).toBe(303);
    expect(await stateOf(runId)).toBe("cancelled");
    expect(tokens.count()).toBe(before);
    expect(await cancelTestRun(admin, runId)).toBe(false);
  });

  it("process killed in the middle: the run reads as interrupted, and a retry does not revive it", async () => {
    const { runId, browser, callback, before } = await signedInRun();
    const db = await database();
    // What a killed process leaves behind: claimed, and nobody at work.
    await db.update(testRuns).set({ status: "running" }).where(eq(testRuns.id, runId));
    await expire(runId);
    await browser.open(callback);
    const run = await getTestRun(admin, runId);
    expect([run.state, codeOf(run)]).toEqual(["failed", "interrupted"]);
    expect(tokens.count()).toBe(before);
    expect(await listTestRuns(admin, run.loginMethod.id)).toMatchObject([
      { state: "failed", failedTitle: "The test was interrupted" },
    ]);
  });

  it("a ticket that nobody used within two minutes says that the tab did not open", async () => {
    const method = await addMethod();
    const { runId, url } = await startTestRun(admin, method.id, null);
    await expire(runId);
    expect(codeOf(await getTestRun(admin, runId))).toBe("never_left");
    expect((await new TestBrowser().open(url)).headers.get("location")).toBe(
      resultOf(method.id, runId),
    );
  });

  it("settings saved again in the middle: the answer is not used with the new ones", async () => {
    const { method, runId, browser, callback, before } = await signedInRun();
    await changeLoginMethod(admin, {
      id: method.id,
      version: method.version,
      values: {
        name: method.name,
        config: settings({ client_secret: "", email_claim_name: "upn" }),
        scim: { ...method.scim },
      },
    });
    await browser.open(callback);
    expect(codeOf(await getTestRun(admin, runId))).toBe("changed_during_test");
    expect(tokens.count()).toBe(before);
  });

  it("deleted in the middle: a plain page, and nothing is exchanged", async () => {
    const { method, browser, callback, before } = await signedInRun();
    await removeLoginMethod(admin, method.id);
    await expectPage(await browser.open(callback), 400, /not known here/);
    expect(tokens.count()).toBe(before);
  });
});

describe("visits that must not use anything up", () => {
  it.each<[string, RequestInit]>([
    ["HEAD by a link checker", { method: "HEAD" }],
    ["a browser's prefetch", { headers: { "sec-purpose": "prefetch;prerender" } }],
    ["PUT", { method: "PUT" }],
  ])("%s", async (_name, init) => {
    const { runId, browser, callback } = await signedInRun();
    const response = await browser.open(callback, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await stateOf(runId)).toBe("waiting");
    await browser.open(callback);
    expect(await stateOf(runId)).toMatch(/^passed/);
  });

  it("a form post is explained, its body unread", async () => {
    const body = new URLSearchParams({ code: "c", state: "s" });
    const response = await new TestBrowser().open(CALLBACK, { method: "POST", body });
    await expectPage(response, 405, /response_mode=form_post/);
  });

  it("a code that comes twice is not used, and the run explains it", async () => {
    const { runId, browser, callback, before } = await signedInRun();
    await browser.open(`${callback}&code=other`);
    expect(codeOf(await getTestRun(admin, runId))).toBe("callback_duplicate");
    expect(tokens.count()).toBe(before);
  });

  it("a state that comes twice names no run, whichever came first", async () => {
    const { runId, browser, callback } = await signedInRun();
    await expectPage(await browser.open(`${callback}&state=other`), 400, /more than once/);
    expect(await stateOf(runId)).toBe("waiting");
  });
});

describe("what else stands under the team domain", () => {
  it.each([
    ["/cdn-cgi/access/callback/?code=c&state=s", 404, /slash too many[\s\S]*callback<\/dd>/],
    ["/cdn-cgi/access/callback", 400, /nothing to see here/],
    ["/cdn-cgi/access/callback?error=invalid_scope&error_description=%3Cb%3E", 400, /&lt;b&gt;/],
    ["/cdn-cgi/access/nothing", 404, /no such page/],
    ["/cdn-cgi/access", 404, /no such page/],
    ["/cdn-cgi/access/test-idp/", 404, /no such page/],
  ])("%s", async (path, status, words) => {
    await expectPage(await new TestBrowser().open(`${CONSOLE}${path}`), status, words);
  });

  it("tells whether it is alive, and whether it is ready", async () => {
    await gate().ready();
    const browser = new TestBrowser();
    expect(await (await browser.open(`${CONSOLE}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await browser.open(`${CONSOLE}/readyz`)).json()).toEqual({ status: "ready" });
  });

  it("gives every answer a request id, believed only when well formed", async () => {
    const browser = new TestBrowser();
    const ask = async (id: string) =>
      (await browser.open(`${CONSOLE}/healthz`, { headers: { "x-request-id": id } })).headers.get(
        "x-request-id",
      );
    expect(await ask("from-the-front-door")).toBe("from-the-front-door");
    expect(await ask("<script>alert(1)</script>")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("starting", () => {
  it("test endpoint as an attack surface: forty a minute and no more", async () => {
    const method = await addMethod();
    const starts = await Promise.allSettled(
      Array.from({ length: 45 }, () => startTestRun(admin, method.id, null)),
    );
    const refused = starts.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ reason: { code: "rate_limited" } });
  });

  it("an id that was used before is not used again, and the older run is untouched", async () => {
    const [mine, other] = [await addMethod(), await addMethod()];
    const wanted = randomUUID();
    const first = await startTestRun(admin, mine.id, wanted);
    const second = await startTestRun(admin, other.id, wanted);
    expect(first.runId).toBe(wanted);
    expect(second.runId).not.toBe(wanted);
    expect((await getTestRun(admin, wanted)).loginMethod.id).toBe(mine.id);
  });

  it("keeps the last fifty runs of a login method", async () => {
    const method = await addMethod();
    const db = await database();
    for (let batch = 0; batch < 3; batch++) {
      for (let start = 0; start < 18; start++) await startTestRun(admin, method.id, null);
      await db
        .update(testRuns)
        .set({ createdAt: sql`${testRuns.createdAt} - interval '2 minutes'` });
    }
    const kept = await db.$count(testRuns, eq(testRuns.loginMethodId, method.id));
    expect(kept).toBe(50);
  });

  it("of a login method that is gone is refused", async () => {
    await expect(startTestRun(admin, randomUUID(), null)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
