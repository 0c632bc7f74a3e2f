import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { sessions } from "@/db/schema/sessions";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication } from "@/db/testing-rows";
import { runOn } from "@/db/testing-server";
import { firstOwner } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import { CONSOLE } from "@/lib/http/testing-journey";
import { tokenFor } from "@/lib/http/testing-people";
import { ensureSigningKey } from "@/lib/keys/store";
import type { Owner } from "@/lib/kit/actor";
import { policyInputSchema } from "@/lib/policies/schema";
import { changePolicy } from "@/lib/policies/store";
import { revokeSession } from "@/lib/sessions/store";
import { gate } from "./state";
import { bundleGate, type Instance, startInstance } from "./testing-instances";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
useTestDatabase();

const HOST = "wiki.example.com";
const GET_IDENTITY = "/cdn-cgi/access/get-identity";
/** Only for the group `staff`. */
const GROUPS = "staff.example.com";
const env = { GATE_WITHOUT_DATABASE: "6" };

let bundle: Awaited<ReturnType<typeof bundleGate>>;
const start = () => startInstance(bundle.file, env);
let owner: Owner;
let one: Instance;
let two: Instance;
let wiki: Awaited<ReturnType<typeof insertGuardedApplication>>;
let staff: Awaited<ReturnType<typeof insertGuardedApplication>>;

beforeAll(async () => {
  owner = await firstOwner();
  await ensureSigningKey(dataPlane);
  await gate().ready();
  wiki = await insertGuardedApplication(HOST);
  const okta = { name: "staff", identity_provider_id: "00000000-0000-4000-8000-000000000000" };
  staff = await insertGuardedApplication(GROUPS, { policy: { include: [{ okta }] } });
  bundle = await bundleGate();
  [one, two] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  gate().stop();
  await Promise.all([one.kill("SIGTERM"), two.kill("SIGTERM")]);
  bundle.remove();
});

const cookieOf = (token: string) => ({ cookie: `CF_Authorization=${token}` });
const statusOf = async (instance: Instance, token: string, host = HOST) =>
  (await instance.ask(host, "/", cookieOf(token))).status;

/** What design.md promises within a second; a busy machine is given more. */
const soon = (instances: readonly Instance[], token: string, status: number, host = HOST) =>
  vi.waitFor(
    async () => {
      for (const each of instances) expect(await statusOf(each, token, host)).toBe(status);
    },
    { timeout: 5_000, interval: 20 },
  );

describe("what changes in the database is so on every instance soon (stale claims)", () => {
  it("a revoked session", async () => {
    const { token, sessionId } = await tokenFor(wiki);
    await soon([one, two], token, 200);
    await revokeSession(owner, sessionId);
    await soon([one, two], token, 302);
  });

  it("a session that its person ends on one instance is refused by the other", async () => {
    for (const [here, there] of [
      [one, two],
      [two, one],
    ] as const) {
      const { token } = await tokenFor(wiki, { email: `${randomUUID()}@example.com` });
      await soon([one, two], token, 200);
      const { status } = await here.get("/cdn-cgi/access/logout", {
        ...{ "x-forwarded-host": HOST, "x-forwarded-proto": "http" },
        ...cookieOf(token),
      });
      expect(status).toBe(200);
      // Only the other is asked: what is heard must not need a request to the first.
      await soon([there], token, 302);
    }
  });

  it("a policy", async () => {
    const { token } = await tokenFor(wiki);
    await soon([one, two], token, 200);
    const edit = (version: number, email: string) =>
      changePolicy(owner, {
        ...policyInputSchema.parse({
          name: `Of ${HOST}`,
          decision: "allow",
          include: [{ email: { email } }],
        }),
        ...{ id: wiki.policyId, version },
      });
    await edit(1, "somebody@else.example");
    await soon([one, two], token, 403);
    await edit(2, "ada@example.com");
    await soon([one, two], token, 200);
  });

  it("the groups of somebody who is signed in", async () => {
    const { token, sessionId, loginMethodId } = await tokenFor(staff);
    const db = await database();
    await db.execute(sql`
      update policies set include = jsonb_build_array(jsonb_build_object('okta',
        jsonb_build_object('name', 'staff', 'identity_provider_id', ${loginMethodId}::text)))
      where id = ${staff.policyId}`);
    await soon([one, two], token, 403, GROUPS);
    const setGroups = (groups: string[]) =>
      db
        .update(sessions)
        .set({
          identity: sql`jsonb_set(${sessions.identity}, '{groups}', ${JSON.stringify(groups)}::jsonb)`,
        })
        .where(eq(sessions.id, sessionId));
    await setGroups(["staff"]);
    await soon([one, two], token, 200, GROUPS);
    await setGroups([]);
    await soon([one, two], token, 403, GROUPS);
  });
});

it("a flood of unknown hosts gets no 2xx, fills neither memory nor log, and disturbs no session", async () => {
  const { token } = await tokenFor(wiki);
  await soon([one], token, 200);
  const flood = async (from: number, count: number) => {
    const worker = async (at: number) => {
      for (let next = from + at; next < from + count; next += 32) {
        const { status } = await one.ask(`h${next}.evil-${next % 97}.example`, `/${next}`, {
          "user-agent": `flood ${next}`,
          ...cookieOf(`${token}x`),
        });
        expect([403, 429, 503]).toContain(status);
      }
    };
    const workers = Array.from({ length: 32 }, (_, at) => worker(at));
    for (let beat = 0; beat < 5; beat += 1) expect(await statusOf(one, token)).toBe(200);
    await Promise.all(workers);
  };
  await flood(0, 300);
  const before = one.residentMb();
  await flood(300, 1_500);
  expect(one.residentMb() - before).toBeLessThan(120);
  expect(await statusOf(one, token)).toBe(200);
  const db = await database();
  expect(await db.$count(accessLog, eq(accessLog.reason, "unknown_host"))).toBeLessThan(20);
});

it("what a stranger sends makes no line of the log its own, and no entry too large (log injection)", async () => {
  const marks = [
    '"}\\n{"level":"fatal","msg":"forged',
    "\u001b[2J\u001b[31mred",
    "%{jndi:ldap://x}",
  ];
  for (const mark of marks) {
    const text = mark.replace(/[^\t\x20-\x7e]/g, "?");
    const path = encodeURI(`/${mark}`).replaceAll("'", "%27");
    await one.get(path, { "user-agent": text });
    await one.get(`/cdn-cgi/access/login/${encodeURIComponent(mark)}`, { "user-agent": text });
    await one.ask(HOST, path, { "user-agent": text, referer: text });
    await one.ask("a".repeat(250), `/${"b".repeat(5_000)}`, { "user-agent": "c".repeat(9_000) });
  }
  const closed = "closed.example.com";
  await insertGuardedApplication(closed, { policy: { decision: "deny" } });
  await vi.waitFor(async () => {
    const { status } = await one.ask(closed, "/", { "user-agent": "c".repeat(9_000) });
    expect(status).toBe(403);
    const db = await database();
    const [entry] = await db.select().from(accessLog).where(eq(accessLog.host, closed));
    expect(entry?.userAgent).toHaveLength(500);
  });
  const lines = one.log().trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const entry = JSON.parse(line) as { level: string; msg: string };
    expect(["info", "warn", "error"]).toContain(entry.level);
    expect(entry.msg).not.toContain("forged");
    expect(line.length).toBeLessThan(8_000);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  expect(one.log()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

it("no instance logs a token or a cookie", async () => {
  const { token } = await tokenFor(wiki);
  await one.ask(HOST, `/?CF_Authorization=${token}`, cookieOf(token));
  await one.get(`/cdn-cgi/access/get-identity?token=${token}`, cookieOf(token));
  const [, , signature = "?"] = token.split(".");
  expect(one.log()).not.toContain(signature);
});

describe("an instance that is killed (kill -9)", () => {
  it("lets nobody in while it dies, and the other goes on without it", async () => {
    const { token } = await tokenFor(wiki);
    await soon([one, two], token, 200);
    let running = true;
    const strangers: number[] = [];
    const known: number[] = [];
    const load = (instance: Instance, sent: string, seen: number[]) =>
      Array.from({ length: 8 }, async () => {
        while (running) {
          seen.push(await statusOf(instance, sent));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      });
    const all = [...load(one, `${token}x`, strangers), ...load(two, token, known)];
    await new Promise((resolve) => setTimeout(resolve, 200));
    await one.kill("SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 300));
    running = false;
    await Promise.all(all);
    expect([...new Set(strangers)].sort((a, b) => a - b)).toEqual([0, 302]);
    expect([...new Set(known)]).toEqual([200]);
    // What it knew was in the database.
    one = await start();
    expect(await statusOf(one, token)).toBe(200);
  });
});

describe("without the database (decision 0013)", () => {
  it("sessions in memory go on for so long and no longer; others wait; it comes back by itself", async () => {
    const { token: warm } = await tokenFor(wiki);
    const { token: cold, sessionId } = await tokenFor(wiki, { email: "ada@example.com" });
    await soon([two], warm, 200);
    const db = await database();
    const { rows } = await db.execute<{ name: string }>(sql`select current_database() as name`);
    const name = rows[0]?.name ?? "";
    const { admin } = inject("testServer");
    const open = (yes: boolean) =>
      runOn(admin, `alter database ${name} with allow_connections ${yes}`);
    try {
      await open(false);
      await runOn(
        admin,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      expect(await statusOf(two, warm)).toBe(200);
      expect((await two.get("/readyz")).status).toBe(503);
      expect(await statusOf(two, cold)).toBe(503);
      expect((await two.ask(HOST, "/")).status).toBe(302);
      const known = await two.get(GET_IDENTITY, cookieOf(warm));
      expect([known.status, JSON.parse(known.body).email]).toEqual([200, "ada@example.com"]);
      expect((await two.get(GET_IDENTITY, cookieOf(cold))).status).toBe(503);
      await vi.waitFor(async () => expect(await statusOf(two, warm)).toBe(503), {
        timeout: 20_000,
        interval: 100,
      });
      expect((await two.get(GET_IDENTITY, cookieOf(warm))).status).toBe(503);
      // Whoever verifies tokens needs the keys, however long it takes.
      const certs = await two.get("/cdn-cgi/access/certs");
      expect(certs.status).toBe(200);
      expect(JSON.parse(certs.body).keys).toHaveLength(1);
      for (const host of [HOST, GROUPS, "unknown.example.com"]) {
        expect((await two.ask(host, "/")).status).toBe(503);
      }
    } finally {
      await open(true);
    }
    await vi.waitFor(async () => expect(await statusOf(two, warm)).toBe(200), {
      timeout: 20_000,
      interval: 100,
    });
    expect(await statusOf(two, cold)).toBe(200);
    await revokeSession(owner, sessionId);
    await soon([two], cold, 302);
  });
});
