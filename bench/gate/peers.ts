import { execFile, spawn } from "node:child_process";
import { once as event } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { signInAt } from "@/practice/sign-in";
import { startPracticeProcess } from "../practice";
import type { Measurement } from "../report";
import { freePort } from "../server";
import { inTurns, type Load, load, once } from "./load";
import { cookiesFor, GATE_PATH, insertSessions, openWorld, question } from "./world";

/** Another program that answers a proxy's questions, with somebody signed in. */
interface Peer {
  ask: Load;
  stop(): Promise<void>;
}

const firstPart = (cookies: readonly string[]): string =>
  cookies.map((line) => line.split(";", 1)[0]).join("; ");

/** One processor for each, as the gate has. */
async function run(program: string, args: string[], ready: string): Promise<() => Promise<void>> {
  const env = { ...process.env, GOMAXPROCS: "1" };
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  while (!(await fetch(ready).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return async () => {
    child.kill("SIGTERM");
    await event(child, "exit");
  };
}

/** With what people run: tokens of OpenID Connect in its encrypted cookie, and one domain let in. */
async function oauth2Proxy(program: string, team: string, host: string): Promise<Peer> {
  const practice = await startPracticeProcess(team);
  const fields = practice.providers.find(({ id }) => id === "generic")?.fields ?? {};
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    "http-address": `127.0.0.1:${port}`,
    provider: "oidc",
    "oidc-issuer-url": fields.discovery_url?.replace(/\/\.well-known\/.*/, "") ?? "",
    "redirect-url": `${team}/cdn-cgi/access/callback`,
    "client-id": fields.client_id ?? "",
    "client-secret": fields.client_secret ?? "",
    "cookie-secret": "0123456789abcdef0123456789abcdef",
    "cookie-secure": "false",
    "code-challenge-method": "S256",
    "email-domain": "*",
    "insecure-oidc-allow-unverified-email": "true",
    "reverse-proxy": "true",
    "set-xauthrequest": "true",
    "request-logging": "false",
    "auth-logging": "false",
    "skip-provider-button": "true",
    upstream: "static://202",
  };
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  const stop = await run(program, args, `${url}/ping`);
  const start = await once(`${url}/oauth2/start?rd=/`, question(host));
  const back = new URL(await signInAt(start.location, "ada"));
  const headers = question(host, firstPart(start.cookies));
  const signedIn = await once(`${url}/oauth2/callback${back.search}`, headers);
  const session = signedIn.cookies.filter((line) => !/csrf/.test(line));
  return {
    ask: { url: `${url}/oauth2/auth`, headers: question(host, firstPart(session)), status: 202 },
    async stop() {
      await stop();
      await practice.stop();
    },
  };
}

const autheliaSettings = (dir: string, port: number, domain: string): string => `
theme: light
jwt_secret: ${"j".repeat(32)}
server: { host: 127.0.0.1, port: ${port} }
log: { level: error }
ntp: { disable_startup_check: true, disable_failure: true }
authentication_backend: { file: { path: ${dir}/users.yml } }
access_control: { default_policy: deny, rules: [{ domain: "*.${domain}", policy: one_factor }] }
session: { name: authelia_session, domain: ${domain}, secret: ${"s".repeat(32)} }
storage: { encryption_key: ${"k".repeat(32)}, local: { path: ${dir}/db.sqlite3 } }
notifier: { disable_startup_check: true, filesystem: { filename: ${dir}/mail.txt } }
`;

/** Its sessions are in its own memory, and one rule lets in who has a password. */
async function authelia(program: string, host: string): Promise<Peer> {
  const dir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const domain = host.slice(host.indexOf(".") + 1);
  const hash = ["crypto", "hash", "generate", "argon2", "--password", "practice"];
  const { stdout } = await promisify(execFile)(program, hash);
  const digest = /\$argon2\S+/.exec(stdout)?.[0];
  const user = `users: { ada: { displayname: Ada, password: "${digest}", email: ada@example.com, groups: [] } }`;
  await writeFile(join(dir, "users.yml"), user);
  await writeFile(join(dir, "settings.yml"), autheliaSettings(dir, port, domain));
  const stop = await run(program, ["--config", join(dir, "settings.yml")], `${url}/api/health`);
  const from = { ...question(host), "X-Forwarded-Proto": "https" };
  const signedIn = await fetch(`${url}/api/firstfactor`, {
    method: "POST",
    headers: { ...from, "Content-Type": "application/json" },
    body: JSON.stringify({ username: "ada", password: "practice", keepMeLoggedIn: false }),
  });
  const cookie = firstPart(signedIn.headers.getSetCookie());
  return {
    ask: { url: `${url}/api/verify`, headers: { ...from, Cookie: cookie }, status: 200 },
    async stop() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A warm session asked of the gate and of its peers in turn. Their programs are named by OAUTH2_PROXY and AUTHELIA. */
export async function peers(): Promise<Measurement[]> {
  const { OAUTH2_PROXY, AUTHELIA } = process.env;
  const world = await openWorld();
  const [cookie = ""] = await cookiesFor(world, await insertSessions(1));
  const gate = await world.startGate();
  const others: [name: string, peer: Peer][] = [];
  const own = { url: gate.url + GATE_PATH, headers: question(world.host, cookie), status: 200 };
  try {
    if (OAUTH2_PROXY) {
      others.push(["oauth2-proxy", await oauth2Proxy(OAUTH2_PROXY, world.team, world.host)]);
    }
    if (AUTHELIA) others.push(["Authelia", await authelia(AUTHELIA, world.host)]);
    const results = await inTurns(5, {
      gate: () => load({ ...own, seconds: 2 }),
      ...Object.fromEntries(
        others.map(([name, { ask }]) => [name, () => load({ ...ask, seconds: 2 })]),
      ),
    });
    return others.flatMap(([what]): Measurement[] => {
      const other = results[what as keyof typeof results];
      return [
        {
          what: "warm session",
          value: results.gate.rate,
          unit: "req/s",
          reference: { what, value: other.rate },
          least: 1,
        },
        {
          what: "warm session: p99",
          value: results.gate.p99,
          unit: "ms",
          reference: { what, value: other.p99 },
        },
      ];
    });
  } finally {
    await gate.stop();
    for (const [, peer] of others) await peer.stop();
    await world.stop();
  }
}
