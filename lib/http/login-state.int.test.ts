import { desc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { logins } from "@/db/schema/logins";
import { sessions } from "@/db/schema/sessions";
import type { AccessEntry, AccessReason } from "@/lib/access-log/schema";
import { findByRef } from "@/lib/access-log/store";
import { setApplicationEnabled } from "@/lib/applications/switches/store";
import { gate } from "@/lib/gate/state";
import { mayBegin } from "@/lib/logins/quota";
import { getLogin } from "@/lib/logins/records/store";
import { COOKIES } from "@/lib/sessions/schema";
import { setCountryHeader } from "@/lib/team/global-session/store";
import { startTestRun } from "@/lib/test-runs/start";
import { signInAt } from "@/practice/sign-in";
import { CONSOLE, TestBrowser } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import { enter, insertOpenApplication, leave, tokenIn, usePeople } from "./testing-people";
import { ask, serveHere } from "./testing-served";

const people = usePeople();
const HOST = "wiki.example.com";
beforeAll(() => insertOpenApplication(HOST));

const sessionCount = async () =>
  (await database()).$count(sessions, eq(sessions.loginMethodId, people.method.id));

/** Somebody who stands before the callback, with the provider's answer in hand. */
async function beforeCallback(browser = new PersonBrowser(), who = "ada") {
  const { provider } = await leave(browser, HOST, "/", people.method);
  return { browser, callback: await signInAt(provider, who) };
}

const isSignedIn = async (browser: PersonBrowser) =>
  browser.team.jar.has("CF_Authorization") || (await browser.ask(HOST)).allowed;

describe("the state of a login", () => {
  it("makes one session, however often its callback is opened (replay)", async () => {
    const { browser, callback } = await beforeCallback();
    const before = await sessionCount();
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.team.open(callback)));
    expect(await sessionCount()).toBe(before + 1);
    const handed = answers.filter(({ headers }) => headers.get("location")?.includes("nonce="));
    expect(handed).toHaveLength(1);
    await browser.team.open(callback);
    expect(await sessionCount()).toBe(before + 1);
  });

  it("is worth nothing in another browser, and from then on in its own", async () => {
    const { browser, callback } = await beforeCallback();
    const thief = new PersonBrowser();
    await leave(thief, HOST, "/", people.method);
    const led = (await thief.team.open(callback)).headers.get("location");
    expect(led).toBe(`http://${HOST}/`);
    expect(await isSignedIn(thief)).toBe(false);
    expect((await browser.team.open(callback)).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("of an attacker does not sign the victim in as the attacker (login CSRF)", async () => {
    const attack = await beforeCallback(new PersonBrowser(), "bob");
    const victim = new PersonBrowser();
    await enter(victim, HOST, people.method);
    const own = tokenIn(victim, HOST);
    const global = victim.team.jar.get("CF_Authorization");
    const led = (await victim.team.open(attack.callback)).headers.get("location");
    expect(led).toBe(`http://${HOST}/`);
    expect(tokenIn(victim, HOST)).toBe(own);
    expect(victim.team.jar.get("CF_Authorization")).toBe(global);
  });

  it.each([
    ["twice", (url: URL) => url.searchParams.append("state", "x")],
    ["empty", (url: URL) => url.searchParams.set("state", "")],
    [
      "cut",
      (url: URL) => url.searchParams.set("state", url.searchParams.get("state")?.slice(1) ?? ""),
    ],
    [
      "in another case",
      (url: URL) =>
        url.searchParams.set("state", url.searchParams.get("state")?.toLowerCase() ?? ""),
    ],
    ["too long", (url: URL) => url.searchParams.set("state", "s".repeat(8_193))],
  ])("that comes %s signs nobody in", async (_how, bend) => {
    const { browser, callback } = await beforeCallback();
    const url = new URL(callback);
    bend(url);
    const answer = await browser.team.open(url.href);
    expect(answer.status).toBe(400);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("without a code, or with one that the provider never gave, signs nobody in", async () => {
    for (const code of [null, "made-up"]) {
      const { browser, callback } = await beforeCallback();
      const url = new URL(callback);
      if (code === null) url.searchParams.delete("code");
      else url.searchParams.set("code", code);
      expect((await browser.team.open(url.href)).status).toBe(403);
      expect(await isSignedIn(browser)).toBe(false);
    }
  });
});

describe("a test and a login share the callback", () => {
  it("a test's answer signs nobody in, be the browser in the middle of a login or not", async () => {
    const { browser } = await beforeCallback();
    const { url } = await startTestRun(people.owner, people.method.id, null);
    const callback = await signInAt(await browser.team.leave(url), "ada");
    const before = await sessionCount();
    const answer = await browser.team.open(callback);
    expect(answer.headers.get("location")).toContain(`${CONSOLE}/settings/authentication/`);
    expect(await sessionCount()).toBe(before);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("a login's answer is no answer to a test, and the test's cookies do not stand for the login's", async () => {
    const { callback } = await beforeCallback();
    const tester = new TestBrowser();
    const { url } = await startTestRun(people.owner, people.method.id, null);
    await tester.leave(url);
    const before = await sessionCount();
    expect((await tester.open(callback)).status).toBe(403);
    expect(tester.jar.has("CF_Authorization")).toBe(false);
    expect(await sessionCount()).toBe(before);
  });

  it("the state of one with the code of the other signs nobody in", async () => {
    const { browser, callback } = await beforeCallback();
    const { url } = await startTestRun(people.owner, people.method.id, null);
    const tested = new URL(await signInAt(await browser.team.leave(url), "ada"));
    const mixed = new URL(callback);
    mixed.searchParams.set("code", tested.searchParams.get("code") ?? "");
    expect((await browser.team.open(mixed.href)).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(false);
  });
});

it("each sign-in makes a session of another name (session fixation)", async () => {
  const browser = new PersonBrowser();
  // What an attacker may have planted before.
  browser.team.jar.set("CF_Session", "a".repeat(43));
  browser.jar(HOST).set("CF_AppSession", "b".repeat(43));
  browser.team.jar.set("CF_Authorization", "planted");
  await enter(browser, HOST, people.method);
  const nonceIn = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).identity_nonce;
  const first = nonceIn(tokenIn(browser, HOST));
  browser.team.jar.delete("CF_Authorization");
  browser.jar(HOST).delete("CF_Authorization");
  await enter(browser, HOST, people.method);
  expect(nonceIn(tokenIn(browser, HOST))).not.toBe(first);
});

it.each([
  ["counts when a trusted proxy says it", ["127.0.0.1"], 200],
  ["is believed of nobody else (spoofed CF-IPCountry)", [], 403],
])("the country of who signs in %s", async (_title, trusted, status) => {
  const host = `country-${status}.example.com`;
  const require = [{ geo: { country_code: "PT" } }];
  await insertOpenApplication(host, { policy: { require } });
  await setCountryHeader(people.owner, "CF-IPCountry");
  await gate().reload();
  const { port, stop } = await serveHere(trusted);
  const headers = {
    host: new URL(CONSOLE).host,
    "cf-ipcountry": "PT",
    "x-gatehouse-proxy": "trusted",
  };
  const path = `/cdn-cgi/access/login/${host}`;
  const answer = await ask(port, { method: "GET", path, headers });
  await stop();
  expect(answer.status).toBe(status);
});

describe("the reference on a page leads to the Access log, and to the trace where there was a login", () => {
  const entryOf = async (page: Response) => {
    const [, ref = ""] = /class="ref">([^<]+)</.exec(await page.text()) ?? [];
    return (await findByRef(people.owner, ref)) ?? { ref };
  };
  const failed = (reason: AccessReason) => ({ event: "login_failed", allowed: false, reason });

  /** Somebody at the last step, with the address that ends it. */
  async function atTheEnd() {
    const { browser, callback } = await beforeCallback();
    const answer = await browser.team.open(callback);
    const db = await database();
    const [login] = await db.select().from(logins).orderBy(desc(logins.createdAt)).limit(1);
    return { browser, end: answer.headers.get("location") ?? "", login };
  }

  it.each<[string, AccessReason, () => Promise<Response>]>([
    [
      "an application that is disabled",
      "application_disabled",
      async () => {
        const { id } = await insertOpenApplication("off.example.com");
        await setApplicationEnabled(people.owner, { id, enabled: false });
        await gate().reload();
        return new TestBrowser().open(`${CONSOLE}/cdn-cgi/access/login/off.example.com`);
      },
    ],
    [
      "an address without an application",
      "unknown_host",
      () => new TestBrowser().open(`${CONSOLE}/cdn-cgi/access/login/nothing.example.com`),
    ],
    [
      "an answer that no login waits for",
      "unknown_login",
      () => new TestBrowser().open(`${CONSOLE}/cdn-cgi/access/callback?code=c&state=unknown`),
    ],
    [
      "the end of a sign-in that was changed on the way",
      "bad_login_link",
      () => new PersonBrowser().visit(`http://${HOST}/cdn-cgi/access/authorized?nonce=n&state=s`),
    ],
    [
      "too many sign-ins from one network",
      "too_many_logins",
      async () => {
        const address = "203.0.113.9";
        for (let at = 0; at < 120; at += 1) mayBegin(address);
        const headers = { "x-forwarded-for": address };
        const url = `${CONSOLE}/cdn-cgi/access/login/${HOST}/${people.method.id}`;
        return new TestBrowser().open(url, { headers });
      },
    ],
  ])("%s", async (_what, reason, open) => {
    expect(await entryOf(await open())).toMatchObject({ ...failed(reason), loginId: null });
  });

  it("a sign-in that ends where its cookie is missing, or once more", async () => {
    const { browser, end, login } = await atTheEnd();
    const trace = {
      ref: login?.ref,
      loginId: login?.id,
      application: { id: login?.applicationId },
    };
    const elsewhere = await new PersonBrowser().visit(end);
    expect(await entryOf(elsewhere)).toMatchObject({ ...failed("no_browser_cookie"), ...trace });
    await browser.visit(end);
    browser.jar(HOST).delete("CF_Authorization");
    const again = await entryOf(await browser.visit(end));
    expect(again).toMatchObject({ ...failed("handoff_spent"), ...trace });
    // Loading it again and again writes no more.
    browser.jar(HOST).delete("CF_Authorization");
    expect(await entryOf(await browser.visit(end))).toMatchObject({
      id: (again as AccessEntry).id,
    });
  });

  it("a redirect loop", async () => {
    const { browser, callback } = await beforeCallback();
    const [application] = [...(gate().snapshot()?.applications.values() ?? [])].filter(
      ({ destinations }) => destinations.some(({ host }) => host === HOST),
    );
    browser.jar(HOST).set(COOKIES.appRounds, `${application?.aud}.3`);
    await browser.team.open(callback);
    const denied = await browser.ask(HOST);
    const page = await browser.team.open(String(denied.headers.location));
    expect(page.status).toBe(409);
    expect(await entryOf(page)).toMatchObject({
      ...failed("redirect_loop"),
      user: { email: "ada@example.com", id: expect.any(String) },
    });
  });

  it("an answer that came too late, whose trace says so", async () => {
    const { browser, callback } = await beforeCallback();
    const db = await database();
    await db.update(logins).set({ expiresAt: sql`now()` }).where(eq(logins.status, "waiting"));
    const entry = await entryOf(await browser.team.open(callback));
    expect(entry).toMatchObject(failed("login_expired"));
    const login = await getLogin(people.owner, (entry as AccessEntry).loginId ?? "");
    expect(login).toMatchObject({ status: "failed", diagnosis: { code: "login_expired" } });
  });
});
