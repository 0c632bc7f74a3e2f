import { createHmac, createPublicKey } from "node:crypto";
import { eq } from "drizzle-orm";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { revokeApplicationTokens } from "@/lib/applications/switches/store";
import { gate } from "@/lib/gate/state";
import { listSigningKeys } from "@/lib/keys/store";
import { policyInputSchema } from "@/lib/policies/schema";
import { changePolicy, getPolicy } from "@/lib/policies/store";
import { machine } from "./app";
import { dataPlane } from "./data-plane";
import { CONSOLE } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import { enter, insertOpenApplication, tokenFor, tokenIn, usePeople } from "./testing-people";
import { pick, randomBy } from "./testing-random";

const people = usePeople();
const HOST = "one.example.com";
const OTHER = "two.example.com";
const SHARED = "shared.example.com";
const browser = new PersonBrowser();
let one: Awaited<ReturnType<typeof insertOpenApplication>>;

beforeAll(async () => {
  one = await insertOpenApplication(HOST);
  await insertOpenApplication(OTHER);
  await insertOpenApplication(`${SHARED}/a`);
  await insertOpenApplication(`${SHARED}/b`);
  await enter(browser, HOST, people.method);
  await enter(browser, SHARED, people.method, { target: "/a/x" });
});

const destinationsOf = async (id: string, destinations: string[]) => {
  const db = await database();
  await db.update(applications).set({ destinations }).where(eq(applications.id, id));
  await gate().reload();
};

/** Asks for a page with nothing but these cookies and headers. */
const asked = (cookie: string, host = HOST, target = "/", headers = {}) =>
  new PersonBrowser().ask(host, target, headers, { cookie });

describe("a token of one application at another (CVE-2026-72564)", () => {
  it.each(["cookie", "header"])("as a %s, opens nothing", async (how) => {
    const token = tokenIn(browser, HOST);
    const sent = (host: string) =>
      how === "cookie"
        ? asked(`CF_Authorization=${token}`, host)
        : asked("", host, "/", { "cf-access-token": token });
    expect((await sent(HOST)).allowed).toBe(true);
    // And so it stays, now that the token was seen.
    for (const host of [OTHER, SHARED, OTHER, "unknown.example.com"]) {
      expect((await sent(host)).allowed, host).toBe(false);
    }
    expect((await sent(HOST)).allowed).toBe(true);
  });

  it("does not go from one path of a host to the next", async () => {
    const cookie = `CF_Authorization=${tokenIn(browser, SHARED)}`;
    expect((await asked(cookie, SHARED, "/a/x")).allowed).toBe(true);
    for (const target of ["/b/x", "/a/../b/x", "/a/%2e%2e/b", "/B/x", "/b"]) {
      expect((await asked(cookie, SHARED, target)).allowed, target).toBe(false);
    }
  });

  it("won at one host of a wildcard, opens none of the others (a hostile sub-host)", async () => {
    const [wiki, evil] = ["wiki.wild.example.com", "evil.wild.example.com"];
    const application = await insertOpenApplication("*.wild.example.com");
    const own = new PersonBrowser();
    await enter(own, evil, people.method);
    const token = tokenIn(own, evil);
    const opens = async (host: string, sent: string) => [
      (await asked(`CF_Authorization=${sent}`, host)).allowed,
      (await asked("", host, "/", { "cf-access-token": sent })).allowed,
    ];
    expect(await opens(evil, token)).toEqual([true, true]);
    expect(await opens(`${evil}:8443`, token)).toEqual([true, true]);
    expect(await opens(wiki, token)).toEqual([false, false]);
    // The person gets one for that host without being asked again.
    await enter(own, wiki, people.method);
    expect(await opens(wiki, tokenIn(own, wiki))).toEqual([true, true]);
    // One from before tokens named their host opens no wildcard.
    const { token: unnamed } = await tokenFor(application);
    expect(await opens(evil, unnamed)).toEqual([false, false]);
    await destinationsOf(application.id, [evil, wiki]);
    expect(await opens(wiki, token)).toEqual([false, false]);
    expect(await opens(wiki, unnamed)).toEqual([true, true]);
  });

  it("opens every host that an application names in full", async () => {
    const application = await insertOpenApplication("app.pair.example.com");
    await destinationsOf(application.id, ["app.pair.example.com", "api.pair.example.com"]);
    const own = new PersonBrowser();
    await enter(own, "app.pair.example.com", people.method);
    const token = tokenIn(own, "app.pair.example.com");
    const answer = await asked("", "api.pair.example.com", "/", { "cf-access-token": token });
    expect(answer.allowed).toBe(true);
  });

  it("the team's own token opens no application, and an application's no team domain", async () => {
    const global = browser.team.jar.get("CF_Authorization") ?? "";
    expect(global).not.toBe("");
    for (const host of [HOST, OTHER]) {
      expect((await asked(`CF_Authorization=${global}`, host)).allowed).toBe(false);
    }
    const launcher = (token: string) =>
      machine().request(`${CONSOLE}/cdn-cgi/access/launcher`, {
        headers: { cookie: `CF_Authorization=${token}` },
      });
    expect((await launcher(global)).status).toBe(200);
    expect((await launcher(tokenIn(browser, HOST))).status).toBe(302);
  });
});

describe("what was decided about a token before (stale decision)", () => {
  it("does not outlive an edit of the policy", async () => {
    const cookie = `CF_Authorization=${tokenIn(browser, HOST)}`;
    expect((await asked(cookie)).allowed).toBe(true);
    const { version, ...policy } = await getPolicy(people.owner, one.policyId);
    const { name, decision } = policy;
    const edit = async (at: number, include: unknown[]) => {
      const input = policyInputSchema.parse({ name, decision, include });
      await changePolicy(people.owner, { ...input, id: policy.id, version: at });
      await gate().reload();
    };
    await edit(version, [{ email: { email: "somebody@else.example" } }]);
    expect((await asked(cookie)).allowed).toBe(false);
    await edit(version + 1, [{ everyone: {} }]);
    expect((await asked(cookie)).allowed).toBe(true);
  });

  it("does not stand for another address or country", async () => {
    const host = "office.example.com";
    const application = await insertOpenApplication(host, {
      policy: { require: [{ ip: { ip: "198.51.100.0/24" } }, { geo: { country_code: "NZ" } }] },
    });
    const { token } = await tokenFor(application);
    const from = async (ip: string, country: string | null) =>
      (
        await new PersonBrowser().ask(
          host,
          "/",
          {},
          { ip, country, cookie: `CF_Authorization=${token}` },
        )
      ).allowed;
    expect(await from("198.51.100.7", "NZ")).toBe(true);
    expect(await from("192.0.2.1", "NZ")).toBe(false);
    expect(await from("198.51.100.7", "AU")).toBe(false);
    expect(await from("198.51.100.7", null)).toBe(false);
    expect(await from("198.51.100.7", "NZ")).toBe(true);
  });

  it("does not outlive Revoke existing tokens", async () => {
    const own = new PersonBrowser();
    await enter(own, OTHER, people.method);
    const cookie = own.cookie(OTHER);
    expect((await asked(cookie, OTHER)).allowed).toBe(true);
    const { id } = [...(gate().snapshot()?.applications.values() ?? [])].find(({ destinations }) =>
      destinations.some(({ host }) => host === OTHER),
    ) ?? { id: "" };
    await revokeApplicationTokens(people.owner, id);
    await gate().reload();
    expect((await asked(cookie, OTHER)).allowed).toBe(false);
  });
});

describe("forged tokens", () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const partsOf = () => {
    const [header = "", payload = "", signature = ""] = tokenIn(browser, HOST).split(".");
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    return { header, payload, signature, head: read(header), claims: read(payload) };
  };

  it("without a signature, with another algorithm or another key, open nothing", async () => {
    const { payload, signature, head, claims } = partsOf();
    const [key] = await listSigningKeys(dataPlane);
    const pem = createPublicKey({ key: key?.publicJwk ?? {}, format: "jwk" }).export({
      type: "spki",
      format: "pem",
    });
    const hmac = (alg: string, secret: string | Buffer) => {
      const signed = `${encoded({ ...head, alg })}.${payload}`;
      return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
    };
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const own = (more: object) =>
      new SignJWT(claims).setProtectedHeader({ ...head, ...more }).sign(privateKey);
    const forged = [
      `${encoded({ ...head, alg: "none" })}.${payload}.`,
      `${encoded({ ...head, alg: "None" })}.${payload}.${signature}`,
      hmac("HS256", pem),
      hmac("HS256", JSON.stringify(key?.publicJwk)),
      await own({}),
      await own({ jwk: await exportJWK(publicKey) }),
      await own({ kid: "../../etc/passwd" }),
      await own({ kid: "", x5u: "https://evil.example/", jku: "https://evil.example/" }),
      await own({ kid: "__proto__" }),
    ];
    for (const token of forged) {
      expect((await asked(`CF_Authorization=${token}`)).allowed, token).toBe(false);
      expect((await asked("", HOST, "/", { "cf-access-token": token })).allowed).toBe(false);
    }
  });

  it("with other claims under the old signature open nothing", async () => {
    const { header, signature, claims } = partsOf();
    for (const change of [
      { email: "root@example.com" },
      { exp: claims.exp + 1 },
      { aud: [claims.aud[0], "x"] },
      { sub: "0" },
      { type: "org" },
      {},
    ]) {
      const token = `${header}.${encoded({ ...claims, ...change, x: 1 })}.${signature}`;
      expect((await asked(`CF_Authorization=${token}`)).allowed).toBe(false);
    }
  });
});

const SEED = 20_261_129;

it("no fuzzed cookie is let in or breaks the gate (CVE-2026-25748)", async () => {
  const random = randomBy(SEED);
  const good = tokenIn(browser, HOST);
  const alphabet = [..."abzAZ09-_.=;, \"'\\%\u0000\u0001\t\u00e9\u2028{}[]"];
  const cut = (text: string) => Math.floor(random() * (text.length - 1));
  const changes: ((text: string) => string)[] = [
    (text) => {
      const at = cut(text);
      return text.slice(0, at) + pick(random, alphabet) + text.slice(at + 1);
    },
    (text) => text.slice(0, cut(text)),
    (text) => text.slice(1 + cut(text)),
    (text) => text + pick(random, alphabet).repeat(1 + Math.floor(random() * 5_000)),
    (text) => {
      const at = cut(text);
      return text.slice(0, at) + pick(random, alphabet) + text.slice(at);
    },
    (text) => text.split(".").reverse().join("."),
    (text) => text.toUpperCase(),
    (text) => `${text}.${text}`,
    (text) => encodeURIComponent(text).replaceAll(".", "%2e"),
    () => pick(random, alphabet).repeat(Math.floor(random() * 9_000)),
  ];
  const frames: ((value: string) => string)[] = [
    (value) => `CF_Authorization=${value}`,
    (value) => `CF_Authorization="${value}"`,
    (value) => `a=b; CF_Authorization=${value}; CF_Authorization=`,
    (value) => `${`CF_Authorization=${value}; `.repeat(6)}`,
    (value) => `cf_authorization=${value}`,
    (value) => `CF_Authorization =${value}`,
    (value) => `;;;CF_Authorization=${value};=`,
    (value) => value,
  ];
  for (let round = 0; round < 600; round += 1) {
    const value = pick(random, changes)(good);
    // Whoever sends the very token is who they are.
    if (value.includes(good)) continue;
    const cookie = pick(random, frames)(value);
    const answer = await asked(cookie);
    expect(answer, `seed ${SEED}, round ${round}`).toMatchObject({ allowed: false });
    expect([302, 401, 403], `seed ${SEED}, round ${round}: ${answer.status}`).toContain(
      answer.status,
    );
    // Header fields hold no others.
    const sent = cookie.replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
    if (round % 4 || sent.includes(good)) continue;
    for (const path of ["get-identity", "launcher", "login", `login/${HOST}`]) {
      const at = `${CONSOLE}/cdn-cgi/access/${path}`;
      const { status } = await machine().request(at, { headers: { cookie: sent } });
      const fine = path.startsWith("login") ? [200, 400] : [302, 401, 403, 400];
      expect(fine, `seed ${SEED}, round ${round}, ${path}`).toContain(status);
    }
  }
});

it("login attempts are counted by network, whatever its spelling (CVE-2026-45364)", async () => {
  const host = "inside.example.com";
  await insertOpenApplication(host, { policy: { require: [{ ip: { ip: "10.0.0.0/8" } }] } });
  const spellings = [
    "2001:db8:1:2::1",
    "2001:DB8:1:2:0:0:0:9",
    "2001:0db8:0001:0002:ffff::a",
    "[2001:db8:1:2::7]:4711",
    "2001:db8:1:2::8%eth0",
  ];
  const open = async (ip: string) => {
    const url = `${CONSOLE}/cdn-cgi/access/login/${host}`;
    const response = await machine().request(url, { headers: { "x-forwarded-for": ip } });
    return response.status;
  };
  for (let at = 0; at < 120; at += 1) {
    expect(await open(spellings[at % spellings.length] ?? "")).toBe(403);
  }
  for (const ip of spellings) expect(await open(ip)).toBe(429);
  // Another network, and IPv4 in either spelling.
  expect(await open("2001:db8:1:3::1")).toBe(403);
  for (let at = 0; at < 120; at += 1) {
    expect(await open(at % 2 ? "192.0.2.9" : "::ffff:192.0.2.9")).toBe(403);
  }
  expect(await open("192.0.2.9")).toBe(429);
  expect(await open("::FFFF:c000:0209")).toBe(429);
});
