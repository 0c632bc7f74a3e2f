import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { insertGuardedApplication } from "@/db/testing-rows";
import { gate } from "@/lib/gate/state";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { signMeta } from "@/lib/logins/meta";
import type { LoginMeta } from "@/lib/logins/schema";
import { lures } from "@/lib/logins/testing-lures";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import { enter, insertOpenApplication, linksIn, usePeople } from "./testing-people";

const people = usePeople();

const OWN = "wiki.example.com";
/** Bypass: its login page leads on at once. */
const OPEN = "open.example.com";
const FOREIGN = ["evil.example", "0x7f.1", "２．２．２．２"];
/** What looks like the application or its neighbours, and is another's. */
const SIBLINGS = ["evilexample.com", "wiki.example.com.evil.example"];
const odd = Array.from({ length: 0x30 }, (_, code) => String.fromCharCode(code));
const CORPUS = [
  ...lures(OWN, [...FOREIGN, ...SIBLINGS]),
  ...odd.flatMap((char) => [`/${char}/evil.example`, `${char}//evil.example`]),
  ...["a.wiki.example.com", "xwiki.example.com", "wiki.example.co"].map((host) => `//${host}/`),
  `ftp://${OWN}/`,
  `javascript://${OWN}/%0aalert(1)`,
  `javascript:alert(1)`,
  `data:text/html,<script>alert(1)</script>`,
];
const ALLOWED = new Set([CONSOLE, `http://${OWN}`, `http://${OPEN}`]);

/** Why a Location cannot stand, as a browser reads it and as a careless one might; null when it can. */
function astray(location: string | null, base: string): string | null {
  if (location === null) return null;
  if (!/^(?:https?:\/\/(?![/\\])|\/(?![/\\]))[\x21-\x5b\x5d-\x7e]*$/.test(location))
    return location;
  const url = new URL(location, base);
  return ALLOWED.has(url.origin) && !url.username && !url.password ? null : location;
}

/** Asks for each address; answers where any of them led that they must not. */
async function strayed(
  addresses: readonly string[],
  open: (address: string) => Promise<Response>,
): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) {
    // Answers without a wait would keep the gate from hearing that the database is there.
    await setImmediate();
    const response = await open(address);
    expect(response.status, address).toBeLessThan(500);
    const location = response.headers.get("location");
    const links =
      response.status === 302 || response.status === 303 ? [] : linksIn(await response.text());
    for (const one of [location, ...links.filter((link) => !link.startsWith("data:"))]) {
      if (astray(one, new URL(address).origin) !== null) found.push(`${address} -> ${one}`);
    }
  }
  return found;
}

const login = (host: string, query: Record<string, string>) =>
  `${CONSOLE}/cdn-cgi/access/login/${host}?${new URLSearchParams(query)}`;

const browser = new PersonBrowser();
let application: Awaited<ReturnType<typeof insertOpenApplication>>;
let bypass: Awaited<ReturnType<typeof insertOpenApplication>>;

beforeAll(async () => {
  application = await insertGuardedApplication(OWN);
  bypass = await insertOpenApplication(OPEN, { policy: { decision: "bypass" } });
  await enter(browser, OWN, people.method);
});

describe(`none of ${CORPUS.length} lures leads away from the application (open redirect)`, () => {
  it("there are enough of them", () => expect(CORPUS.length).toBeGreaterThan(500));

  it("as redirect_url, for somebody who is signed in already", async () => {
    // Some: each costs a look at the session, and all of them come without one below.
    const some = CORPUS.filter((_, at) => at % 3 === 0);
    const addresses = some.map((redirect_url) => login(OWN, { redirect_url }));
    expect(await strayed(addresses, (address) => browser.team.open(address))).toEqual([]);
    // The way itself is there.
    const ok = await browser.team.open(login(OWN, { redirect_url: "/notes" }));
    expect(ok.headers.get("location")).toBe(`http://${OWN}/notes`);
  });

  it("as redirect_url of what is open to everybody", async () => {
    const addresses = CORPUS.flatMap((redirect_url) => [
      login(OPEN, { redirect_url }),
      login(OPEN, { redirect_url, kid: bypass.aud }),
    ]);
    expect(await strayed(addresses, async (address) => machine().request(address))).toEqual([]);
    const ok = await machine().request(login(OPEN, { redirect_url: "/a?b=c" }));
    expect(ok.headers.get("location")).toBe(`http://${OPEN}/a?b=c`);
  });

  it("as kid, meta or message", async () => {
    const addresses = CORPUS.flatMap((lure) => [
      login(OPEN, { kid: lure }),
      login(OPEN, { meta: lure, redirect_url: lure }),
      login(OPEN, { message: lure }),
    ]);
    expect(await strayed(addresses, async (address) => machine().request(address))).toEqual([]);
  });

  it("as the host of the login page, and as the login method", async () => {
    const addresses = CORPUS.flatMap((lure) => [
      login(encodeURIComponent(lure), {}),
      login(encodeURIComponent(lure), { kid: application.aud }),
      login(`${OWN}/${encodeURIComponent(lure)}`, {}),
      login(`${encodeURIComponent(lure)}/${people.method.id}`, { kid: bypass.aud }),
    ]);
    expect(await strayed(addresses, (address) => browser.team.open(address))).toEqual([]);
  });

  it("as the state or the nonce of authorized", async () => {
    const at = `http://${OWN}/cdn-cgi/access/authorized`;
    const nonce = randomToken();
    const addresses = CORPUS.flatMap((lure) => [
      `${at}?${new URLSearchParams({ nonce, state: lure })}`,
      `${at}?${new URLSearchParams({ nonce: lure, state: lure, redirect_url: lure })}`,
    ]);
    expect(await strayed(addresses, (address) => browser.visit(address))).toEqual([]);
  });

  it("as the path that the gate signed itself", async () => {
    const meta = (path: string): LoginMeta => ({
      ...{ app: application.id, aud: application.aud, origin: `http://${OWN}`, path },
      browser: hashToken(browser.jar(OWN).get("CF_AppSession") ?? ""),
      iat: Math.floor(Date.now() / 1000),
    });
    const address = (path: string) =>
      `http://${OWN}/cdn-cgi/access/authorized?${new URLSearchParams({ nonce: randomToken(), state: signMeta(meta(path)) })}`;
    // With a cookie it goes on; Back and Reload do so.
    const ok = await browser.visit(address("/notes"));
    expect(ok.headers.get("location")).toBe(`http://${OWN}/notes`);
    expect(await strayed(CORPUS.map(address), (one) => browser.visit(one))).toEqual([]);
  });

  it("as the target that a proxy tells the gate, all the way through the login", async () => {
    const some = CORPUS.filter((text, at) => at % 23 === 0 && text.startsWith("/"));
    expect(some.length).toBeGreaterThan(10);
    for (const target of some) {
      const own = new PersonBrowser();
      const denied = await own.ask(OWN, target);
      const page = String(denied.headers.location ?? "");
      if (denied.status !== 302) continue;
      expect(astray(page, CONSOLE), target).toBeNull();
      expect(await strayed([page], (address) => own.team.open(address))).toEqual([]);
    }
    for (const target of [
      "//evil.example",
      "/\\evil.example",
      "/%2f%2fevil.example",
      "/x/..//evil",
    ]) {
      const { authorized } = await enter(new PersonBrowser(), OWN, people.method, { target });
      const location = authorized.headers.get("location");
      expect(location, target).toMatch(`http://${OWN}/`);
      expect(astray(location, `http://${OWN}`), target).toBeNull();
    }
  });

  it("as returnTo of the sign-out, on the team domain and on the application's host", async () => {
    const addresses = CORPUS.map((returnTo, at) => {
      const from = at % 2 ? CONSOLE : `http://${OWN}`;
      return `${from}/cdn-cgi/access/logout?${new URLSearchParams({ returnTo })}`;
    });
    const open = async (address: string) => {
      const { host } = new URL(address);
      return machine().request(address, { headers: { "x-forwarded-host": host } });
    };
    expect(await strayed(addresses, open)).toEqual([]);
    const ok = await open(`${CONSOLE}/cdn-cgi/access/logout?returnTo=http://${OWN}/bye`);
    expect(ok.headers.get("location")).toBe(`http://${OWN}/bye`);
  });
});

it("an application behind a wildcard takes the hosts that it covers, and no others", async () => {
  await insertOpenApplication("*.apps.example.com", { policy: { decision: "bypass" } });
  const open = async (host: string) =>
    (await machine().request(login(host, {}))).headers.get("location");
  expect(await open("one.apps.example.com")).toBe("http://one.apps.example.com/");
  for (const host of [
    "apps.example.com",
    "a.b.apps.example.com",
    "one.apps.example.com.evil.example",
    "evil.example%2f.apps.example.com",
    "evil.example%23.apps.example.com",
    "evil.example%3f.apps.example.com",
    "evil.example%5c.apps.example.com",
    "evil%40evil.example%2fone.apps.example.com",
    "evil.example:80%2f.apps.example.com",
    "%00.apps.example.com",
    "xn--.apps.example.com",
    "one.apps.example.com.",
    "one.apps.example.com:99999",
  ]) {
    expect(await open(host), host).toBeNull();
  }
  await gate().reload();
});
