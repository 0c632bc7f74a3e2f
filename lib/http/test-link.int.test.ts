import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { admins, signInThrottle } from "@/db/schema/admins";
import { auditLog } from "@/db/schema/audit-log";
import { seenClaims } from "@/db/schema/seen-claims";
import { testLinks } from "@/db/schema/test-links";
import { testRuns } from "@/db/schema/test-runs";
import { useTestDatabase } from "@/db/testing";
import { asAdmin, viewerOf } from "@/lib/admins/capability";
import type { Admin, Role } from "@/lib/kit/actor";
import { log } from "@/lib/kit/log";
import { makeDraft } from "@/lib/login-methods/drafts/store";
import { addLoginMethod, removeLoginMethod } from "@/lib/login-methods/store";
import { listTestLinks, makeTestLink, revokeTestLink } from "@/lib/test-links/store";
import { listSeenClaims } from "@/lib/test-runs/seen-claims/store";
import { getTestRun, listTestRuns } from "@/lib/test-runs/store";
import { type Practice, startPractice } from "@/practice";
import { signInAt } from "@/practice/sign-in";
import { CALLBACK, CONSOLE, TestBrowser } from "./testing-journey";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
useTestDatabase();

let practice: Practice;
let fields: Record<string, string>;
let endpoints: Record<string, string>;
let ada: Admin;

async function adminNamed(name: string, role: Exclude<Role, "read_only"> = "admin") {
  const db = await database();
  const email = `${randomUUID()}@console.example`;
  const [row] = await db
    .insert(admins)
    .values({ name, email, passwordHash: "-", role })
    .returning({ id: admins.id });
  const from = { ip: null, requestId: "test", door: "console" } as const;
  return asAdmin(viewerOf({ id: row?.id ?? "", name, email, role }, from));
}

beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  const provider = practice.providers.find(({ id }) => id === "generic");
  if (!provider) throw new Error("no generic provider");
  fields = provider.fields;
  endpoints = await (
    await fetch(`http://${provider.hostPort}/.well-known/openid-configuration`)
  ).json();
  ada = await adminNamed("Ada");
});
afterAll(() => practice.stop());
beforeEach(async () => {
  const db = await database();
  await db.update(testRuns).set({ createdAt: sql`now() - interval '2 minutes'` });
  await db.delete(signInThrottle);
});

const config = (over: Record<string, unknown> = {}) => ({
  client_id: fields.client_id,
  client_secret: fields.client_secret,
  auth_url: endpoints.authorization_endpoint,
  token_url: endpoints.token_endpoint,
  certs_url: endpoints.jwks_uri,
  issuer: endpoints.issuer,
  pkce_enabled: true,
  ...over,
});

const addMethod = (over: Record<string, unknown> = {}) =>
  addLoginMethod(ada, {
    kind: "oidc",
    values: { name: `Practice ${randomUUID()}`, config: config(over) },
  });

async function link(over: Record<string, unknown> = {}, maker = ada) {
  const method = await addMethod(over);
  const made = await makeTestLink(maker, { loginMethodId: method.id, draftId: null, hours: 24 });
  return { method, ...made };
}

const POST = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };

/** What the button of the page does; answers where the browser goes on to. */
async function press(url: string, browser: TestBrowser): Promise<string> {
  const response = await browser.open(url, POST);
  const page = await response.text();
  const target = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(page)?.[1] ?? "";
  return target.replaceAll("&amp;", "&") || (response.headers.get("location") ?? "");
}

/** Signs in by a link as somebody, and answers the page on which the trip ends. */
async function travel(url: string, login = "ada", browser = new TestBrowser()) {
  const callback = await signInAt(await press(url, browser), login);
  const back = await browser.open(callback);
  const path = back.headers.get("location") ?? "";
  const page = await browser.open(`${CONSOLE}${path}`);
  return { browser, callback, back, path, page, text: await page.text() };
}

const stateOf = async (methodId: string) =>
  (await listTestLinks(ada, methodId)).map(({ state }) => state);

describe("a shared test link", () => {
  it("brings a stranger to the provider and back, and the result to its maker's console", async () => {
    const { method, id, url } = await link();
    expect(url).toMatch(new RegExp(`^${CONSOLE}/cdn-cgi/access/test/[\\w-]{43}$`));
    const invitation = await new TestBrowser().open(url);
    const words = await invitation.text();
    expect(invitation.status).toBe(200);
    expect(words).toMatch(/Ada.* asks you to try signing in with Practice/);
    expect(words).toContain("no account and no session");
    expect(words).not.toMatch(/<script|<img/);
    expect(Buffer.byteLength(words)).toBeLessThan(20_480);

    const { back, page, text } = await travel(url);
    expect(back.status).toBe(303);
    expect(page.status).toBe(200);
    expect(text).toContain("Your connection works!");
    expect(text).not.toMatch(/ada@example|engineering|settings\/authentication/);
    const [used] = await listTestLinks(ada, method.id);
    expect(used).toMatchObject({ id, state: "used", createdBy: "Ada" });
    const run = await getTestRun(ada, used?.runId ?? "");
    expect(run).toMatchObject({
      state: expect.stringMatching(/^passed/),
      byLink: true,
      startedBy: "Ada",
      identity: { email: { value: "ada@example.com" } },
    });
    expect(await listTestRuns(ada, method.id)).toMatchObject([{ byLink: true }]);
    const entries = await (await database())
      .select({ action: auditLog.action, actor: auditLog.actorName, id: auditLog.actorId })
      .from(auditLog)
      .where(eq(auditLog.targetId, method.id));
    expect(entries).toEqual(
      expect.arrayContaining([
        { action: "test_link.create", actor: "Ada", id: ada.id },
        { action: "test_link.use", actor: "Whoever has a test link of Ada", id: null },
      ]),
    );
  });

  it("makes no session: only the cookie of its run, for the callback", async () => {
    const { url } = await link();
    const { browser } = await travel(url);
    expect([...browser.jar.keys()]).toEqual([
      expect.stringMatching(/^gatehouse_test_[0-9a-f]{32}$/),
    ]);
  });

  it("tries unsaved settings, which are then kept for as long as it holds", async () => {
    const [id, loginMethodId] = [randomUUID(), randomUUID()];
    const values = { name: "Not saved", config: config(), scim: {} };
    await makeDraft(ada, { id, loginMethodId, kind: "oidc", baseVersion: 0, values });
    const { url } = await makeTestLink(ada, { loginMethodId, draftId: id, hours: 168 });
    expect(await (await new TestBrowser().open(url)).text()).toContain("Not saved");
    const { text } = await travel(url);
    expect(text).toContain("Your connection works!");
    expect(await listTestRuns(ada, loginMethodId)).toMatchObject([{ draft: true, byLink: true }]);
  });

  it("tells the provider's admin the cause, the fix and the reference, and no other setting", async () => {
    const { url, method } = await link({ client_secret: "not-the-secret" });
    const { page, text } = await travel(url);
    expect(page.status).toBe(200);
    const [summary] = await listTestRuns(ada, method.id);
    expect(text).toContain(summary?.failedTitle);
    expect(text).toMatch(/What to do/);
    expect(text).toContain(fields.client_id);
    expect(text).toContain(CALLBACK);
    expect(text).toContain(`/ ${summary?.id.slice(0, 8)}`);
    expect(text).not.toMatch(/not-the-secret|ada@example/);
    expect(text).not.toContain(endpoints.token_endpoint);
  });

  it("ends on the same page when the trip cannot even begin", async () => {
    const { url } = await link({ certs_url: `${endpoints.issuer}/nothing-here` });
    const browser = new TestBrowser();
    const path = await press(url, browser);
    expect(path).toMatch(/^\/cdn-cgi\/access\/callback\/result\//);
    expect(await (await browser.open(`${CONSOLE}${path}`)).text()).toContain("What to do");
  });
});

describe("the memory of claims", () => {
  it("knows after a passed test which came, and the next test warns of those that are gone", async () => {
    const { method, url } = await link({ claims: ["gone_since"] });
    await travel(url);
    const names = (await listSeenClaims(ada, method.id)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["department", "org.unit.name"]));
    expect(names).not.toContain("manager");
    await (await database())
      .update(seenClaims)
      .set({ name: "gone_since" })
      .where(and(eq(seenClaims.loginMethodId, method.id), eq(seenClaims.name, "department")));
    const again = await makeTestLink(ada, { loginMethodId: method.id, draftId: null, hours: 1 });
    await travel(again.url);
    const [newest] = await listTestRuns(ada, method.id);
    const run = await getTestRun(ada, newest?.id ?? "");
    const warnings = "warnings" in run ? run.warnings : [];
    expect(warnings.map(({ code }) => code)).toContain("claims_disappeared");
    expect(JSON.stringify(warnings)).toContain("gone_since");
  });

  it("learns nothing from a test that failed", async () => {
    const { method, url } = await link();
    await travel(url, "eve");
    expect(await listSeenClaims(ada, method.id)).toEqual([]);
  });
});

describe("looking spends nothing", () => {
  it.each<[string, RequestInit]>([
    ["a preview in a chat", {}],
    ["HEAD by a mail scanner", { method: "HEAD" }],
    ["a browser's prefetch", { headers: { "sec-purpose": "prefetch;prerender" } }],
    ["PUT", { method: "PUT" }],
  ])("%s", async (_name, init) => {
    const { url, method } = await link();
    for (let time = 0; time < 3; time++) await new TestBrowser().open(url, init);
    expect(await stateOf(method.id)).toEqual(["unused"]);
    expect((await travel(url)).text).toContain("Your connection works!");
  });
});

describe("attacks on a link", () => {
  it("replay: the second press begins nothing", async () => {
    const { url, method } = await link();
    await travel(url);
    const again = await new TestBrowser().open(url, POST);
    expect(again.status).toBe(410);
    expect(await again.text()).toContain("was used already");
    expect((await new TestBrowser().open(url)).status).toBe(410);
    expect(await listTestRuns(ada, method.id)).toHaveLength(1);
  });

  it("race: of two presses at once, one wins", async () => {
    const { url, method } = await link();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => new TestBrowser().open(url, POST)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410, 410]);
    expect(await listTestRuns(ada, method.id)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ["cross-site", { "sec-fetch-site": "cross-site" }],
    ["same-site", { "sec-fetch-site": "same-site" }],
    ["typed into no address bar", { "sec-fetch-site": "none" }],
    ["an old browser, from elsewhere", { origin: "https://evil.example" }],
    ["an old browser, from nowhere", { origin: "null" }],
    ["no browser at all", {}],
  ])("a form of another page presses the button: %s", async (_name, headers) => {
    const { url, method } = await link();
    const answer = await new TestBrowser().open(url, { method: "POST", headers });
    expect(answer.status).toBe(403);
    expect(await stateOf(method.id)).toEqual(["unused"]);
  });

  it("an old browser on its own page may press it", async () => {
    const { url } = await link();
    const answer = await new TestBrowser().open(url, {
      method: "POST",
      headers: { origin: CONSOLE },
    });
    expect(answer.status).toBe(200);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof link>>, maker: Admin) => Promise<unknown>]>([
    ["revoked", ({ id }) => revokeTestLink(ada, id)],
    [
      "its maker was removed",
      async (_made, maker) => (await database()).delete(admins).where(eq(admins.id, maker.id)),
    ],
    [
      "its maker may only read now",
      async (_made, maker) =>
        (await database()).update(admins).set({ role: "read_only" }).where(eq(admins.id, maker.id)),
    ],
    ["its login method was deleted", ({ method }) => removeLoginMethod(ada, method.id)],
  ])("dead: %s. It looks like a link that never was", async (_name, kill) => {
    const maker = await adminNamed("Mallory");
    const made = await link({}, maker);
    await kill(made, maker);
    const unknown = `${CONSOLE}/cdn-cgi/access/test/${"A".repeat(43)}`;
    const shape = async (url: string, init?: RequestInit) => {
      const answer = await new TestBrowser().open(url, init);
      const text = (await answer.text()).replace(
        /<dd class="ref">[2-9A-Z]{4}-[2-9A-Z]{4}<\/dd>/,
        "",
      );
      const headers = [...answer.headers].filter(([name]) => name !== "x-request-id");
      return { status: answer.status, headers, text };
    };
    expect(await shape(made.url)).toEqual(await shape(unknown));
    expect(await shape(made.url, POST)).toEqual(await shape(unknown, POST));
    expect((await shape(made.url)).status).toBe(404);
  });

  it("expired: says so, and begins nothing", async () => {
    const { id, url, method } = await link();
    const db = await database();
    await db.update(testLinks).set({ expiresAt: sql`now()` }).where(eq(testLinks.id, id));
    const answer = await new TestBrowser().open(url, POST);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("has expired");
    expect(await stateOf(method.id)).toEqual(["expired"]);
  });

  it("callback in another browser: the code is not used, and no claim is shown", async () => {
    const { url, method } = await link();
    const callback = await signInAt(await press(url, new TestBrowser()), "ada");
    const stranger = await new TestBrowser().open(callback);
    expect(stranger.status).toBe(403);
    const text = await stranger.text();
    expect(text).toContain("another browser");
    expect(text).not.toMatch(/settings\/authentication|ada@example/);
    expect(await listTestRuns(ada, method.id)).toMatchObject([{ state: "failed" }]);
  });

  it("the result is for the browser that ran it", async () => {
    const { url } = await link();
    const { path } = await travel(url);
    for (const browser of [new TestBrowser(), (await travel((await link()).url)).browser]) {
      expect((await browser.open(`${CONSOLE}${path}`)).status).toBe(404);
    }
  });

  it("the result page opens no run of the console", async () => {
    const { path, browser } = await travel((await link()).url);
    const runId = path.split("/").at(-1) ?? "";
    const db = await database();
    await db.update(testRuns).set({ linkId: null }).where(eq(testRuns.id, runId));
    expect((await browser.open(`${CONSOLE}${path}`)).status).toBe(404);
  });

  it("guessing: after twenty links that do not exist an address must wait, and others need not", async () => {
    const { url } = await link();
    const from = (ip: string) => ({ headers: { "x-forwarded-for": ip } });
    for (let guess = 0; guess < 20; guess++) {
      const token = guess.toString().padStart(43, "g");
      await new TestBrowser().open(`${CONSOLE}/cdn-cgi/access/test/${token}`, from("192.0.2.7"));
    }
    expect((await new TestBrowser().open(url, from("192.0.2.7"))).status).toBe(429);
    expect((await new TestBrowser().open(url, from("192.0.2.8"))).status).toBe(200);
  });

  it("its maker's quota is used up: the link is not", async () => {
    const { url, method } = await link();
    const db = await database();
    const flood = Array.from({ length: 40 }, () => ({
      id: randomUUID(),
      loginMethodId: method.id,
      loginMethodVersion: 1,
      kind: "oidc",
      name: "flood",
      settings: {},
      fingerprint: "",
      startedBy: ada.id,
      startedByName: "Ada",
      status: "waiting" as const,
      ticketHash: "",
      stateHash: randomUUID(),
      sealed: "",
      redirectUri: CALLBACK,
      expiresAt: new Date(),
    }));
    await db.insert(testRuns).values(flood);
    expect((await new TestBrowser().open(url, POST)).status).toBe(429);
    expect(await stateOf(method.id)).toEqual(["unused"]);
  });
});

describe("where the token may not be", () => {
  it("in no log, and in no row but as a hash", async () => {
    const lines: string[] = [];
    const note = (...args: unknown[]) => void lines.push(JSON.stringify(args));
    for (const level of ["info", "warn", "error"] as const) {
      vi.spyOn(log, level).mockImplementation(note);
    }
    const { url, id } = await link();
    const token = url.split("/").at(-1) ?? "";
    await travel(url);
    await new TestBrowser().open(url);
    await new TestBrowser().open(url, { method: "POST" });
    await new TestBrowser().open(url, { method: "DELETE" });
    vi.restoreAllMocks();
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join("\n")).not.toContain(token);
    const db = await database();
    const [row] = await db.select().from(testLinks).where(eq(testLinks.id, id));
    const runs = await db.select().from(testRuns);
    const entries = await db.select().from(auditLog);
    expect(JSON.stringify([row, runs, entries])).not.toContain(token);
  });

  it("in no Referer of another origin, and in no search engine", async () => {
    const { url } = await link();
    const shown = await new TestBrowser().open(url);
    expect(shown.headers.get("referrer-policy")).toBe("same-origin");
    expect(shown.headers.get("x-robots-tag")).toContain("noindex");
    expect(shown.headers.get("cache-control")).toBe("no-store");
    const policy = shown.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    const left = await new TestBrowser().open(url, POST);
    expect(left.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await left.text()).not.toContain(url.split("/").at(-1));
  });
});

describe("making and revoking", () => {
  it("a link of a login method or draft that is not there is refused", async () => {
    const method = await addMethod();
    const gone = { code: "not_found" };
    const of = (loginMethodId: string, draftId: string | null) =>
      makeTestLink(ada, { loginMethodId, draftId, hours: 1 });
    await expect(of(randomUUID(), null)).rejects.toMatchObject(gone);
    await expect(of(method.id, randomUUID())).rejects.toMatchObject(gone);
  });

  it("a draft of one login method makes no link for another", async () => {
    const [id, loginMethodId] = [randomUUID(), randomUUID()];
    const values = { name: "Another", config: config(), scim: {} };
    await makeDraft(ada, { id, loginMethodId, kind: "oidc", baseVersion: 0, values });
    const other = await addMethod();
    await expect(
      makeTestLink(ada, { loginMethodId: other.id, draftId: id, hours: 1 }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("a used link cannot be revoked, a revoked one not twice", async () => {
    const used = await link();
    await travel(used.url);
    await expect(revokeTestLink(ada, used.id)).rejects.toMatchObject({ code: "not_found" });
    const { id } = await link();
    await revokeTestLink(ada, id);
    await expect(revokeTestLink(ada, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("twenty open links and no more, however many ask at once", async () => {
    const method = await addMethod();
    const made = await Promise.allSettled(
      Array.from({ length: 23 }, () =>
        makeTestLink(ada, { loginMethodId: method.id, draftId: null, hours: 1 }),
      ),
    );
    expect(made.filter(({ status }) => status === "rejected")).toHaveLength(3);
  });
});
