import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import {
  createRemoteJWKSet,
  customFetch,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { policies } from "@/db/schema/policies";
import { users } from "@/db/schema/users";
import { gate } from "@/lib/gate/state";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import { back, enter, insertOpenApplication, leave, linksIn, usePeople } from "./testing-people";

const people = usePeople();

interface Asked {
  nonce: string;
  identity: { email: string; ip: string; geo: { country: string | null } };
}
/** How an evaluator answers at `/<name>`. */
type Answer = (asked: Asked, res: ServerResponse) => Promise<unknown> | unknown;

let server: Server;
let origin: string;
let own: CryptoKey;
let stranger: CryptoKey;
let jwks: object;
/** The answer before, for whoever plays it again. */
let last = "";
const seen: Asked[] = [];

const signed = async ({ nonce }: Asked, claims: object = {}, key = own): Promise<string> => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  const token = new SignJWT({ success: true, nonce, exp, ...claims });
  return JSON.stringify({
    token: await token.setProtectedHeader({ alg: "RS256", kid: "own" }).sign(key),
  });
};

const ANSWERS: Record<string, Answer> = {
  yes: async (asked, res) => {
    last = await signed(asked);
    res.end(last);
  },
  no: async (asked, res) => res.end(await signed(asked, { success: false })),
  "a yes as text": async (asked, res) => res.end(await signed(asked, { success: "true" })),
  "a yes by another key": async (asked, res) => res.end(await signed(asked, {}, stranger)),
  "a yes that is over": async (asked, res) => res.end(await signed(asked, { exp: 1 })),
  "a yes without an end": async (asked, res) => res.end(await signed(asked, { exp: undefined })),
  "the yes of another login": (_asked, res) => res.end(last),
  "an unsigned yes": ({ nonce }, res) => res.end(JSON.stringify({ success: true, nonce })),
  garbage: (_asked, res) => res.end("<html>\u0000 yes"),
  nothing: (_asked, res) => res.end(),
  "a huge answer": async (asked, res) => res.end(`${" ".repeat(1_000_000)}${await signed(asked)}`),
  "an endless answer": (_asked, res) => {
    const timer = setInterval(() => res.write(" ".repeat(64 * 1024)), 1);
    res.on("close", () => clearInterval(timer));
  },
  "a redirect to a yes": (_asked, res) => {
    res.writeHead(307, { location: `${origin}/yes` }).end();
  },
  "a yes with status 500": async (asked, res) => res.writeHead(500).end(await signed(asked)),
  "a broken connection": (_asked, res) => res.destroy(),
  silence: () => undefined,
};

/** It verifies the question by the published keys, as a careful evaluator does. */
async function answer(req: IncomingMessage, res: ServerResponse): Promise<unknown> {
  const name = decodeURIComponent((req.url ?? "").slice(1));
  if (name === "keys") return res.end(JSON.stringify(jwks));
  const { token } = JSON.parse(Buffer.concat(await req.toArray()).toString());
  const ours = createRemoteJWKSet(new URL(`${CONSOLE}/cdn-cgi/access/certs`), {
    [customFetch]: async (url: string) => machine().request(url),
  });
  const { payload } = await jwtVerify(token, ours, { issuer: CONSOLE });
  const asked = payload as unknown as Asked;
  seen.push(asked);
  return ANSWERS[name]?.(asked, res);
}

beforeAll(async () => {
  const pair = await generateKeyPair("RS256");
  own = pair.privateKey;
  stranger = (await generateKeyPair("RS256")).privateKey;
  jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: "own", alg: "RS256" }] };
  server = createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Why, as the Access log has it. */
const WHY: Record<string, string> = {
  no: "The evaluation said no.",
  "a yes as text": "the answer does not say success as true or false",
  "a yes by another key": "the answer is not signed (RSA) by a key of the Keys URL",
  "a yes that is over": "the answer has expired",
  "a yes without an end": "the answer has expired, or does not say when it does",
  "the yes of another login": "the answer does not repeat the nonce",
  "an unsigned yes": "the Evaluate URL answered with something that Gatehouse cannot read",
  garbage: "the Evaluate URL answered with something that Gatehouse cannot read",
  nothing: "the Evaluate URL answered with something that Gatehouse cannot read",
  "a huge answer": "the Evaluate URL answered with more than Gatehouse reads",
  "an endless answer": "the Evaluate URL answered with more than Gatehouse reads",
  "a redirect to a yes": "the Evaluate URL answered with an HTTP status other than 200",
  "a yes with status 500": "the Evaluate URL answered with an HTTP status other than 200",
  "a broken connection": "the Evaluate URL could not be reached",
  silence: "the Evaluate URL did not answer within 5 seconds",
};

async function loggedAbout(host: string): Promise<string> {
  const db = await database();
  const rows = await db.select().from(accessLog).where(eq(accessLog.host, host));
  return JSON.stringify(rows.map(({ explanation }) => explanation));
}

let count = 0;

/** Somebody signs in to what an evaluator guards that answers like this. */
async function signInWith(name: string) {
  count += 1;
  const host = `guarded-${count}.example.com`;
  const external_evaluation = {
    evaluate_url: `${origin}/${encodeURIComponent(name)}`,
    keys_url: `${origin}/keys`,
  };
  await insertOpenApplication(host, { policy: { require: [{ external_evaluation }] } });
  const browser = new PersonBrowser();
  const { callback } = await enter(browser, host, people.method).catch(() => ({ callback: null }));
  return { browser, host, callback, allowed: (await browser.ask(host)).allowed };
}

/** A stranger signs in on the team domain, to no application in particular. */
async function signInToLauncher(who: string) {
  const browser = new PersonBrowser();
  const page = await browser.team.open(`${CONSOLE}/cdn-cgi/access/login`);
  const href = linksIn(await page.text()).find((link) => link.includes(people.method.id));
  const start = await browser.team.open(new URL(href ?? "/", CONSOLE).href);
  const callback = await back(browser, start.headers.get("location") ?? "", who);
  const email = `${who}@example.com`;
  const seats = await (await database()).$count(users, eq(users.email, email));
  return { callback, seats, signedIn: browser.team.jar.has("CF_Authorization") };
}

describe("who signs in to no application in particular", () => {
  const bypass = { decision: "bypass" } as const;

  it("takes no seat by what Bypass opens to everybody (seat for a stranger)", async () => {
    await insertOpenApplication("public.example.com", { policy: bypass });
    const { callback, ...got } = await signInToLauncher("grace");
    expect(callback.status).toBe(403);
    expect(got).toEqual({ seats: 0, signedIn: false });
  });

  it("nor by an external evaluation that says no", async () => {
    const external_evaluation = { evaluate_url: `${origin}/no`, keys_url: `${origin}/keys` };
    await insertOpenApplication("no.example.com", {
      policy: { require: [{ external_evaluation }] },
    });
    const { callback, ...got } = await signInToLauncher("grace");
    expect(callback.status).toBe(403);
    expect(got).toEqual({ seats: 0, signedIn: false });
    expect(seen).toHaveLength(1);
  });

  it("but does by one that says yes", async () => {
    const external_evaluation = { evaluate_url: `${origin}/yes`, keys_url: `${origin}/keys` };
    await insertOpenApplication("yes.example.com", {
      policy: { require: [{ external_evaluation }] },
    });
    const { callback, ...got } = await signInToLauncher("grace");
    expect(callback.headers.get("location")).toBe("/cdn-cgi/access/launcher");
    expect(got).toEqual({ seats: 1, signedIn: true });
  });

  it("nor does a login that ends where Bypass begins to open the application", async () => {
    const host = "opened.example.com";
    const include = [{ email: { email: "somebody@else.example" } }];
    const { policyId } = await insertOpenApplication(host, { policy: { include } });
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/", people.method);
    const db = await database();
    const open = [{ everyone: {} }];
    await db
      .update(policies)
      .set({ decision: "bypass", include: open })
      .where(eq(policies.id, policyId));
    await gate().reload();
    const callback = await back(browser, provider, "bob");
    expect(callback.headers.get("location")).toBe(`http://${host}/`);
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
    expect(await db.$count(users, eq(users.email, "bob@example.com"))).toBe(0);
  });
});

describe("an external evaluation in a login", () => {
  it("lets in by a signed yes, and is told who comes", async () => {
    const { allowed } = await signInWith("yes");
    expect(allowed).toBe(true);
    expect(seen.at(-1)?.identity).toMatchObject({ email: "ada@example.com" });
  });

  it("counts for the application that it was asked for, and for no other", async () => {
    const { browser } = await signInWith("yes");
    const host = "other-guarded.example.com";
    const external_evaluation = { evaluate_url: `${origin}/no`, keys_url: `${origin}/keys` };
    await insertOpenApplication(host, { policy: { require: [{ external_evaluation }] } });
    const denied = await browser.ask(host);
    const silent = await browser.team.open(String(denied.headers.location));
    expect(silent.status).toBe(403);
    expect((await browser.ask(host)).allowed).toBe(false);
  });
});

describe("anything but a signed yes lets nobody in", () => {
  it.concurrent.each(Object.keys(ANSWERS).filter((name) => name !== "yes"))("%s", async (name) => {
    const { browser, allowed, host } = await signInWith(name);
    expect(allowed).toBe(false);
    expect(browser.team.jar.has("CF_Authorization")).toBe(false);
    expect(await loggedAbout(host)).toContain(WHY[name]);
  });

  it("nor does an evaluator on a network that nobody allowed (SSRF)", async () => {
    const asked = seen.length;
    const host = "ssrf.example.com";
    const external_evaluation = {
      evaluate_url: `${origin.replace("127.0.0.1", "[::ffff:169.254.169.254]")}/yes`,
      keys_url: `${origin}/keys`,
    };
    await insertOpenApplication(host, { policy: { require: [{ external_evaluation }] } });
    const browser = new PersonBrowser();
    await enter(browser, host, people.method).catch(() => undefined);
    expect((await browser.ask(host)).allowed).toBe(false);
    expect(seen.length).toBe(asked);
    expect(await loggedAbout(host)).toContain("is at an address that Gatehouse may not call");
  });

  it("nor is anybody told of somebody who is refused whatever the answer is", async () => {
    const asked = seen.length;
    const host = "refused-anyway.example.com";
    const external_evaluation = { evaluate_url: `${origin}/yes`, keys_url: `${origin}/keys` };
    const include = [{ email: { email: "somebody@else.example" } }];
    await insertOpenApplication(host, { policy: { include, require: [{ external_evaluation }] } });
    const browser = new PersonBrowser();
    const { provider } = await leave(browser, host, "/", people.method);
    expect((await back(browser, provider, "grace")).status).toBe(403);
    expect(seen.length).toBe(asked);
    expect(await loggedAbout(host)).toContain("The evaluation has not been asked.");
  });
});
