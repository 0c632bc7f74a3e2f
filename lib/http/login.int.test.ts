import { eq } from "drizzle-orm";
import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { applications } from "@/db/schema/applications";
import { loginMethods } from "@/db/schema/login-methods";
import { sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { applicationSettingsSchema } from "@/lib/applications/schema";
import { dataAddress } from "@/lib/custom-pages/image";
import { DEFAULT_DESIGN } from "@/lib/custom-pages/schema";
import { saveLoginDesign } from "@/lib/custom-pages/store";
import { gate } from "@/lib/gate/state";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import { revokeSession } from "@/lib/sessions/store";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import {
  back,
  enter as enterBy,
  insertOpenApplication,
  leave as leaveBy,
  linksIn,
  type Method,
  openTab,
  tokenIn,
  usePeople,
} from "./testing-people";

const people = usePeople();
const addMethod = (claims: string[] = []) => people.addMethod(claims);
const leave = (browser: PersonBrowser, host: string, target: string, by: Method = people.method) =>
  leaveBy(browser, host, target, by);
const enter = (browser: PersonBrowser, host: string, target = "/", who = "ada") =>
  enterBy(browser, host, people.method, { target, who });

const sessionOf = async (email: string) => {
  const db = await database();
  const [row] = await db
    .select({ id: sessions.id, userId: users.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(users.email, email));
  return row ?? { id: "", userId: "" };
};

const published = createRemoteJWKSet(new URL(`${CONSOLE}/cdn-cgi/access/certs`), {
  [customFetch]: async (url: string) => machine().request(url),
});

describe("a person who opens an application", () => {
  const host = "wiki.example.com";
  const browser = new PersonBrowser();

  it("is led to the login page, which needs no script and says where they sign in to", async () => {
    const application = await insertOpenApplication(host);
    const { denied, login, page, html, provider } = await leave(browser, host, "/notes?month=5");
    expect(denied).toMatchObject({ allowed: false, status: 302 });
    expect(login).toMatch(`${CONSOLE}/cdn-cgi/access/login/${host}?kid=${application.aud}&meta=1.`);
    expect(page.status).toBe(200);
    expect(html).toContain(`Continue with ${people.method.name}`);
    expect(html).not.toMatch(/<script|<form/);
    expect(html.length).toBeLessThan(20_000);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(provider).toContain("code_challenge");
    expect(browser.jar(host).has("CF_AppSession")).toBe(true);
    expect(browser.team.jar.has("CF_Session")).toBe(true);

    const callback = await back(browser, provider);
    expect(callback.headers.get("location")).toMatch(
      `http://${host}/cdn-cgi/access/authorized?nonce=`,
    );
    const authorized = await browser.visit(callback.headers.get("location") ?? "");
    expect(authorized.headers.get("location")).toBe(`http://${host}/notes?month=5`);
  });

  it("is let in with a token that verifies against the published keys", async () => {
    const answer = await browser.ask(host, "/notes");
    expect(answer.allowed).toBe(true);
    expect(answer.headers["cf-access-authenticated-user-email"]).toBe("ada@example.com");
    const token = String(answer.headers["cf-access-jwt-assertion"]);
    const { payload, protectedHeader } = await jwtVerify(token, published, {
      issuer: CONSOLE,
    });
    expect(protectedHeader).toMatchObject({ alg: "RS256", typ: "JWT" });
    expect(payload).toMatchObject({ type: "app", email: "ada@example.com" });
    expect(payload.custom).toMatchObject({ groups: expect.arrayContaining([expect.any(String)]) });
  });

  it("finds the same identity at get-identity, on both hosts", async () => {
    const own = await browser.visit(`http://${host}/cdn-cgi/access/get-identity`);
    const identity = await own.json();
    expect(identity).toMatchObject({ email: "ada@example.com", idp: { id: people.method.id } });
    expect(identity.oidc_fields.groups.length).toBeGreaterThan(0);
    const team = await browser.team.open(`${CONSOLE}/cdn-cgi/access/get-identity`);
    expect(await team.json()).toMatchObject({ user_uuid: identity.user_uuid });
  });

  it("opens a second application without the provider", async () => {
    await insertOpenApplication("blog.example.com");
    const denied = await browser.ask("blog.example.com", "/");
    const silent = await browser.team.open(String(denied.headers.location));
    const authorized = await browser.visit(silent.headers.get("location") ?? "");
    expect(authorized.status).toBe(302);
    expect(await browser.ask("blog.example.com", "/")).toMatchObject({ allowed: true });
  });

  it("gets in however they spell the path, with a cookie that their browser sends there", async () => {
    const wiki = "paths.example.com";
    await insertOpenApplication(`${wiki}/Wiki`, { settings: { path_cookie_attribute: true } });
    for (const target of ["/Wiki/x", "/wIKI"]) {
      const { authorized } = await enter(browser, wiki, target);
      expect(authorized.headers.get("set-cookie")).toContain(`; Path=${target.slice(0, 5)};`);
      expect(await browser.ask(wiki, target)).toMatchObject({ allowed: true });
      browser.jar(wiki).delete("CF_Authorization");
    }
  });

  it("is shown the applications that they may open", async () => {
    const page = await browser.team.open(`${CONSOLE}/cdn-cgi/access/launcher`);
    const html = await page.text();
    expect(html).toContain("http://blog.example.com/");
    expect(html).toContain("Signed in as");
  });

  it("cannot use one application's token at another (cross-application replay)", async () => {
    const other = "other.example.com";
    await insertOpenApplication(other);
    browser.jar(other).set("CF_Authorization", tokenIn(browser, host));
    expect(await browser.ask(other)).toMatchObject({ allowed: false, status: 302 });
  });

  it("is refused from the next request on when an admin revokes the session", async () => {
    const { id } = await sessionOf("ada@example.com");
    await revokeSession(people.owner, id);
    await vi.waitFor(async () => expect((await browser.ask(host)).allowed).toBe(false), 1_000);
    const again = await browser.team.open(String((await browser.ask(host)).headers.location));
    expect(again.status).toBe(200);
  });
});

describe("the cookie that a sign-in begins with", () => {
  it("must be that of this browser (login CSRF)", async () => {
    const host = "csrf.example.com";
    await insertOpenApplication(host);
    const attacker = new PersonBrowser();
    const { provider } = await leave(attacker, host, "/");
    const callback = await back(attacker, provider);
    const victim = new PersonBrowser();
    await victim.ask(host, "/");
    const planted = await victim.visit(callback.headers.get("location") ?? "");
    // To the application, whose gate begins a sign-in of their own.
    expect(planted.headers.get("location")).toBe(`http://${host}/`);
    expect(victim.jar(host).has("CF_Authorization")).toBe(false);
    expect((await victim.ask(host)).status).toBe(302);
    const other = await new PersonBrowser().visit(callback.headers.get("location") ?? "");
    expect(other.status).toBe(403);
  });

  it("and its nonce works once", async () => {
    const host = "once.example.com";
    await insertOpenApplication(host);
    const browser = new PersonBrowser();
    const { callback } = await enter(browser, host);
    browser.jar(host).delete("CF_Authorization");
    const replayed = await browser.visit(callback.headers.get("location") ?? "");
    expect(replayed.status).toBe(403);
    expect(await replayed.text()).toContain("used already");
  });

  it("does not carry over to another host", async () => {
    const host = "here.example.com";
    await insertOpenApplication(host);
    await insertOpenApplication("there.example.com");
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/");
    const callback = await back(browser, provider);
    const moved = (callback.headers.get("location") ?? "").replace(host, "there.example.com");
    browser.hosts.set("there.example.com", browser.jar(host));
    expect((await browser.visit(moved)).status).toBe(400);
  });
});

describe("several tabs at once", () => {
  const openMethod = () => ({ allowed_idps: [people.method.id], auto_redirect_to_identity: true });
  const openTabs = (browser: PersonBrowser, hosts: readonly string[]) =>
    Promise.all(hosts.map((host) => openTab(browser, host, people.method)));

  it.each([
    ["the login page", () => ({})],
    ["Instant Auth", openMethod],
  ])("a first visit in five tabs gets into each of them, by %s", async (how, settings) => {
    const host = `tabs-${how.length}.example.com`;
    await insertOpenApplication(host, { settings: settings() });
    const pages = await openTabs(new PersonBrowser(), Array(5).fill(host));
    expect(pages).toEqual(Array(5).fill(null));
  });

  it("ten with a live global session, of one host or of many, are no redirect loop", async () => {
    await insertOpenApplication("first.example.com");
    await insertOpenApplication("restored.example.com");
    await insertOpenApplication("*.many.example.com");
    const browser = new PersonBrowser();
    await enter(browser, "first.example.com");
    const hosts = Array.from({ length: 10 }, (_, at) => `h${at}.many.example.com`);
    const restored = [...Array(10).fill("restored.example.com"), ...hosts];
    expect(await openTabs(browser, restored)).toEqual(Array(20).fill(null));
    // One after the other, each of them once more without its token.
    for (const host of hosts) {
      browser.jar(host).delete("CF_Authorization");
      expect(await openTab(browser, host, people.method)).toBeNull();
    }
  });

  it("of two applications on one host, whose cookies replace each other, are no redirect loop", async () => {
    await insertOpenApplication("shared.example.com/a");
    await insertOpenApplication("shared.example.com/b");
    const browser = new PersonBrowser();
    for (let turn = 0; turn < 10; turn += 1) {
      const path = turn % 2 ? "/a" : "/b";
      expect(await openTab(browser, "shared.example.com", people.method, path)).toBeNull();
    }
  });
});

describe("a browser that keeps no token", () => {
  const host = "strict.example.com";
  const browser = new PersonBrowser();
  /** As with SameSite=Strict, or a proxy that drops the cookie. */
  const forget = () => browser.jar(host).delete("CF_Authorization");

  it("is told so, well before it has followed twenty redirects, and may try again", async () => {
    await insertOpenApplication(host);
    await enter(browser, host);
    let rounds = 1;
    let page: Response;
    for (;;) {
      forget();
      page = await browser.team.open(String((await browser.ask(host)).headers.location));
      if (page.status !== 302) break;
      rounds += 1;
      expect(rounds).toBeLessThan(5);
      await browser.visit(page.headers.get("location") ?? "");
    }
    expect(page.status).toBe(409);
    const html = await page.text();
    expect(html).toContain("Your browser does not keep the sign-in");
    expect(linksIn(html)).toContain(`http://${host}/`);
  });

  it("is told so for this application alone, and in this browser alone", async () => {
    await insertOpenApplication("not-strict.example.com");
    expect(await openTab(browser, "not-strict.example.com", people.method)).toBeNull();
    expect(await openTab(new PersonBrowser(), host, people.method)).toBeNull();
  });

  it("is not what another site makes of it with links of its own (lockout)", async () => {
    const victim = new PersonBrowser();
    await enter(victim, "not-strict.example.com");
    const lure = String((await new PersonBrowser().ask(host)).headers.location);
    for (let turn = 0; turn < 12; turn += 1) {
      const { headers } = await victim.team.open(lure);
      await victim.visit(headers.get("location") ?? "");
    }
    expect(await openTab(victim, host, people.method)).toBeNull();
  });
});

it("the cookies of a sign-in are kept for as long again by each that begins", async () => {
  const host = "renewed.example.com";
  await insertOpenApplication(host);
  const browser = new PersonBrowser();
  await leave(browser, host, "/");
  const cookie = (name: string, jar: Map<string, string>) => `${name}=${jar.get(name)}; Path=/; `;
  const asked = await browser.ask(host);
  expect(asked.headers["set-cookie"]).toContain(
    `${cookie("CF_AppSession", browser.jar(host))}Max-Age=86400`,
  );
  const page = await browser.team.open(String(asked.headers.location));
  const href = linksIn(await page.text()).find((link) => link.includes(people.method.id));
  const begun = await browser.team.open(new URL(href ?? "/", CONSOLE).href);
  for (const { headers } of [page, begun]) {
    expect(headers.getSetCookie().join()).toContain(
      `${cookie("CF_Session", browser.team.jar)}Max-Age=14400`,
    );
  }
});

describe("a browser in which somebody signs in once more", () => {
  const HOST = "before.example.com";
  const ZERO = "zero.example.com";

  /** Somebody who is in, and what their browser held then. */
  async function adaIn(by: Method = people.method) {
    const browser = new PersonBrowser();
    await enterBy(browser, HOST, by);
    expect((await browser.ask(HOST)).allowed).toBe(true);
    const old = new PersonBrowser();
    for (const [name, value] of browser.team.jar) old.team.jar.set(name, value);
    return { browser, old };
  }
  const isLive = async ({ team }: PersonBrowser) =>
    (await team.open(`${CONSOLE}/cdn-cgi/access/get-identity`)).status === 200;
  const isOver = (old: PersonBrowser) =>
    vi.waitFor(async () => expect(await isLive(old)).toBe(false), 1_000);

  it("with another account, as the block page offers it: the first session is over, tokens and all", async () => {
    await insertOpenApplication(HOST);
    const { browser, old } = await adaIn();
    const login = String((await new PersonBrowser().ask(HOST)).headers.location);
    const page = await browser.team.open(`${login}&switch=1`);
    const href = linksIn(await page.text()).find((link) => link.includes(people.method.id));
    const begun = await browser.team.open(new URL(href ?? "/", CONSOLE).href);
    // Not before somebody has: a link of another site signs nobody out.
    expect([await isLive(old), (await browser.ask(HOST)).allowed]).toEqual([true, true]);
    await back(browser, begun.headers.get("location") ?? "", "bob");
    await isOver(old);
    expect(await isLive(browser)).toBe(true);
    await vi.waitFor(async () => expect((await browser.ask(HOST)).allowed).toBe(false), 1_000);
    expect(await openTab(browser, HOST, people.method)).toBeNull();
    expect((await browser.ask(HOST)).headers["cf-access-authenticated-user-email"]).toBe(
      "bob@example.com",
    );
  });

  it("as somebody else where the provider is asked each time: so it is (shared computer)", async () => {
    await insertOpenApplication(ZERO, { settings: { session_duration: "0s" } });
    const { browser, old } = await adaIn();
    await enter(browser, ZERO, "/", "bob");
    await isOver(old);
    await vi.waitFor(async () => expect((await browser.ask(HOST)).allowed).toBe(false), 1_000);
  });

  it("as the same person: the first session is over, and their other tabs go on", async () => {
    const { browser, old } = await adaIn();
    await enter(browser, ZERO);
    await isOver(old);
    expect(await isLive(browser)).toBe(true);
    expect((await browser.ask(HOST)).allowed).toBe(true);
  });

  it("by another login method, which an application wants: both applications stay open", async () => {
    const second = await addMethod();
    const host = "second-method.example.com";
    await insertOpenApplication(host, { settings: { allowed_idps: [second.id] } });
    const { browser } = await adaIn();
    await enterBy(browser, host, second);
    for (const one of [HOST, host]) expect((await browser.ask(one)).allowed).toBe(true);
  });
});

describe("an application of several hosts with Eager redirect", () => {
  const [APP, API, ...MORE] = ["app", "api", "m1", "m2", "m3"].map((name) => `${name}.spa.example`);
  const hosts = [APP, API, ...MORE] as string[];
  const app = String(APP);
  const api = String(API);

  /** Opens an address and goes wherever it leads, but for the application itself. */
  async function follow(browser: PersonBrowser, address: string) {
    const seen: string[] = [];
    for (let at = address; seen.length < 40; ) {
      seen.push(at);
      const { host, origin, pathname } = new URL(at);
      if (origin !== CONSOLE && !pathname.startsWith("/cdn-cgi/")) break;
      const page = await (origin === CONSOLE ? browser.team.open(at) : browser.visit(at));
      const [, refresh] = /content="0;url=([^"]+)"/.exec(await page.clone().text()) ?? [];
      const next = page.headers.get("location") ?? refresh?.replaceAll("&amp;", "&");
      if (!next) return { seen, page };
      expect([...hosts, new URL(CONSOLE).host]).toContain(new URL(next, `http://${host}`).host);
      at = new URL(next, at).href;
    }
    return { seen, page: null };
  }

  async function addSpa(settings: object, destinations = [...hosts, "*.spa.example"]) {
    const { id } = await insertOpenApplication(app, { settings: { ...settings } });
    const db = await database();
    await db.update(applications).set({ destinations }).where(eq(applications.id, id));
    await gate().reload();
    return id;
  }
  const remove = async (id: string) => {
    await (await database()).delete(applications).where(eq(applications.id, id));
    await gate().reload();
  };
  /** Signs in at the provider; answers where the callback leads. */
  async function signedIn(browser: PersonBrowser, target: string) {
    const { provider } = await leave(browser, app, target);
    return (await back(browser, provider)).headers.get("location") ?? "";
  }

  it("is open at each of them after one sign-in, which ends where it began", async () => {
    const id = await addSpa({ eager_redirect_cookie_setting: true });
    const browser = new PersonBrowser();
    const { seen } = await follow(browser, await signedIn(browser, "/notes?month=5"));
    expect(seen.at(-1)).toBe(`http://${app}/notes?month=5`);
    for (const host of hosts) expect((await browser.ask(host)).allowed, host).toBe(true);
    expect(browser.hosts.has("x.spa.example")).toBe(false);
    // Nobody follows more than twenty redirects in a row.
    expect(seen.filter((at) => at.includes("/eager?"))).toHaveLength(4);
    await remove(id);
  });

  it("leads nobody into somebody else's account, nor away (login CSRF, open redirect)", async () => {
    const id = await addSpa({ eager_redirect_cookie_setting: true });
    const attacker = new PersonBrowser();
    const authorized = await attacker.visit(await signedIn(attacker, "/"));
    const lure = authorized.headers.get("location") ?? "";
    expect(lure).toContain(`http://${api}/cdn-cgi/access/eager?state=`);
    const victim = new PersonBrowser();
    const { page } = await follow(victim, lure);
    expect(await page?.text()).toContain(`Continue with ${people.method.name}`);
    expect(victim.jar(api).has("CF_Authorization")).toBe(false);
    const moved = lure.replace(api, "other.spa.example");
    expect((await victim.visit(moved)).status).toBe(400);
    expect((await victim.visit(`${lure}x`)).status).toBe(400);
    await remove(id);
  });

  it("stays where it is without the setting, with tokens of no duration, and where a host is shared", async () => {
    const eager_redirect_cookie_setting = true;
    for (const settings of [{}, { eager_redirect_cookie_setting, session_duration: "0s" }]) {
      const id = await addSpa(settings);
      const browser = new PersonBrowser();
      const { seen } = await follow(browser, await signedIn(browser, "/"));
      expect(seen).toHaveLength(2);
      await remove(id);
    }
    const id = await addSpa({ eager_redirect_cookie_setting }, [app, `${api}/v1`]);
    const browser = new PersonBrowser();
    expect((await follow(browser, await signedIn(browser, "/"))).seen).toHaveLength(2);
    await remove(id);
  });

  it("is told from a browser that keeps no token", async () => {
    const id = await addSpa({ eager_redirect_cookie_setting: true });
    const browser = new PersonBrowser();
    await follow(browser, await signedIn(browser, "/"));
    for (let round = 0; ; round += 1) {
      browser.jar(app).delete("CF_Authorization");
      const login = String((await browser.ask(app)).headers.location);
      const { seen, page } = await follow(browser, login);
      expect(seen.some((at) => at.includes("/eager?"))).toBe(false);
      expect(round).toBeLessThan(4);
      if (page?.status === 409) break;
    }
    await remove(id);
  });
});

describe("a login door", () => {
  const host = "doors.example.com";
  const doors = () => ["login", `login/${host}`, `login/${host}/${people.method.id}`];

  it.each([
    ...["image", "script", "empty", "style", "audio", "object", "serviceworker"].map(
      (destination) => [destination, 403] as const,
    ),
    ...["document", "iframe", "frame"].map((destination) => [destination, 200] as const),
  ])("as %s of another site answers %i (using up its visitors' sign-ins)", async (dest, status) => {
    if (!gate().snapshot()?.hosts.exact.has(host)) await insertOpenApplication(host);
    for (const door of doors()) {
      const headers = { "sec-fetch-dest": dest, "sec-fetch-site": "cross-site" };
      const url = `${CONSOLE}/cdn-cgi/access/${door}`;
      const answer = await new PersonBrowser().team.open(url, { headers });
      expect(answer.status === 302 ? 200 : answer.status, door).toBe(status);
    }
  });
});

describe("what is switched off in the middle of a login lets nobody in", () => {
  it("a login method", async () => {
    const host = "off-method.example.com";
    await insertOpenApplication(host);
    const own = await addMethod();
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/", own);
    await setLoginMethodEnabled(people.owner, { id: own.id, enabled: false });
    await gate().reload();
    const callback = await back(browser, provider);
    expect(callback.status).toBe(403);
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
  });

  it("an application", async () => {
    const host = "off-application.example.com";
    const { id } = await insertOpenApplication(host);
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/");
    const db = await database();
    await db.update(applications).set({ enabled: false }).where(eq(applications.id, id));
    await gate().reload();
    const callback = await back(browser, provider);
    expect(callback.status).toBe(403);
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
  });

  it("a person", async () => {
    const host = "off-person.example.com";
    await insertOpenApplication(host);
    const browser = new PersonBrowser();
    await enter(browser, host, "/", "bob");
    expect((await browser.ask(host)).allowed).toBe(true);
    const again = new PersonBrowser();
    const { provider } = await leave(again, host, "/");
    const db = await database();
    await db
      .update(users)
      .set({ disabledAt: new Date() })
      .where(eq(users.email, "bob@example.com"));
    const callback = await back(again, provider, "bob");
    expect(callback.status).toBe(403);
    expect(await callback.text()).toContain("This account was switched off");
  });

  it("a login method with live sessions", async () => {
    const host = "off-live.example.com";
    await insertOpenApplication(host);
    const own = await addMethod();
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/", own);
    const callback = await back(browser, provider);
    await browser.visit(callback.headers.get("location") ?? "");
    expect((await browser.ask(host)).allowed).toBe(true);
    const db = await database();
    await db.update(loginMethods).set({ enabled: false }).where(eq(loginMethods.id, own.id));
    await vi.waitFor(async () => expect((await browser.ask(host)).allowed).toBe(false), 1_000);
  });
});

describe("whom the policies refuse", () => {
  it("gets neither cookie nor user, and a reference that the Access log knows", async () => {
    const host = "closed.example.com";
    const include = [{ email: { email: "somebody@else.example" } }];
    await insertOpenApplication(host, { policy: { include } });
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/");
    const callback = await back(browser, provider, "grace");
    const html = await callback.text();
    expect(callback.status).toBe(403);
    expect(html).toContain("That account does not have access");
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
    const ref = /class="ref">([^<]+)</.exec(html)?.[1] ?? "";
    const db = await database();
    const [entry] = await db.select().from(accessLog).where(eq(accessLog.ref, ref));
    expect(entry).toMatchObject({
      event: "login",
      allowed: false,
      reason: "no_policy_matched",
      userEmail: "grace@example.com",
    });
    expect(entry?.loginId).not.toBeNull();
    expect(await db.select().from(users).where(eq(users.email, "grace@example.com"))).toEqual([]);
  });

  it("is not asked to sign in where that cannot help", async () => {
    const host = "network.example.com";
    const include = [{ email: { email: "ada@example.com" } }];
    const require = [{ ip: { ip: "10.0.0.0/8" } }];
    await insertOpenApplication(host, { policy: { include, require } });
    const answer = await new PersonBrowser().ask(host);
    expect(answer).toMatchObject({ allowed: false, status: 403 });
    expect(answer.body).toContain("You cannot open this from here");
  });
});

describe("signing out", () => {
  it("ends all sessions of the person", async () => {
    const host = "bye.example.com";
    await insertOpenApplication(host);
    const browser = new PersonBrowser();
    await enter(browser, host);
    const page = await browser.team.open(`${CONSOLE}/cdn-cgi/access/logout`);
    const said = await page.text();
    expect(said).toContain("You are signed out");
    expect(said).toContain(`href="${CONSOLE}/cdn-cgi/access/login"`);
    await vi.waitFor(async () => expect((await browser.ask(host)).allowed).toBe(false), 1_000);
  });
});

it("speaks as the organization where a sign-in fails and where it ends", async () => {
  const host = "adieu.example.com";
  const { aud, name } = await insertOpenApplication(host);
  const organization_name = "Lovelace & Partners";
  await saveLoginDesign(people.owner, { ...DEFAULT_DESIGN, organization_name });
  await gate().reload();
  const browser = new PersonBrowser();
  await enter(browser, host);
  const failed = await machine().request(`${CONSOLE}/cdn-cgi/access/callback?state=unknown`);
  const ended = await browser.visit(`http://${host}/cdn-cgi/access/logout`);
  for (const page of [failed, ended]) {
    const html = await page.clone().text();
    expect(html).toContain('<p class="organization" dir="auto">Lovelace &amp; Partners</p>');
    expect(html).not.toContain("· Gatehouse");
  }
  const again = `<a class="button" href="${CONSOLE}/cdn-cgi/access/login/${host}?kid=${aud}">Sign in to ${name} again</a>`;
  expect(await ended.text()).toContain(again);
});

describe("logos of 190 KB each", () => {
  const host = "drawn.example.com";
  const image = (text: string) =>
    dataAddress(Buffer.from(`\x89PNG\r\n\x1a\n${text.repeat(190_000)}`, "latin1"));
  const imagesIn = (html: string) => linksIn(html).filter((link) => link.includes("/logo/"));

  it("are fetched beside pages that stay within 20 KB, once for good", async () => {
    const { id } = await insertOpenApplication(host);
    const db = await database();
    const settings = applicationSettingsSchema.parse({ logo_url: image("a") });
    await db.update(applications).set({ settings }).where(eq(applications.id, id));
    await saveLoginDesign(people.owner, { ...DEFAULT_DESIGN, logo: image("o") });
    await gate().reload();
    const { html, page } = await leave(new PersonBrowser(), host, "/");
    expect(html.length).toBeLessThan(20_480);
    expect(page.headers.get("content-security-policy")).toContain("; img-src 'self';");
    const images = imagesIn(html);
    expect(images).toHaveLength(2);
    for (const path of images) {
      const answer = await machine().request(CONSOLE + path);
      expect(answer.headers.get("content-type")).toBe("image/png");
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox$/);
      expect((await answer.arrayBuffer()).byteLength).toBe(190_008);
    }
    const gone = await machine().request(`${CONSOLE}/cdn-cgi/access/logo/${"x".repeat(43)}`);
    expect([gone.status, gone.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  it("amplification: hosts that somebody made up get none", async () => {
    const { body } = await new PersonBrowser().ask("made-up.example");
    const headers = { "x-forwarded-host": "made-up.example" };
    const page = await machine().request(`${CONSOLE}/cdn-cgi/access/login`, { headers });
    for (const html of [String(body), await page.text()]) {
      expect(html).toContain("<h1>");
      expect(imagesIn(html)).toEqual([]);
    }
    const known = await machine().request(`${CONSOLE}/cdn-cgi/access/nothing`);
    expect(imagesIn(await known.text())).toHaveLength(1);
  });
});

it("publishes where the token keys are", async () => {
  const answer = await machine().request(`${CONSOLE}/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({
    issuer: CONSOLE,
    jwks_uri: `${CONSOLE}/cdn-cgi/access/certs`,
  });
});
