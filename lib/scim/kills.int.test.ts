import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { database, databaseState } from "@/db/client";
import { EmbeddedPostgres } from "@/db/embedded/supervisor";
import { migrateUp } from "@/db/migrate";
import { openPool } from "@/db/pool";
import { firstOwner } from "@/lib/admins/testing";
import { PATCH_URN, scimClientOf, type TestScimClient } from "@/lib/http/testing-scim";
import { ask, type WireAnswer } from "@/lib/http/testing-served";
import { GROUP_URN, USER_URN } from "./schema";

/** Pushed at once, each a person and then a membership. */
const CLIENTS = 6;
const PEOPLE = 120;
/** Two starts and a recovery, on a machine that does other things too. */
const TIMEOUT_MS = 300_000;
/** Acknowledged before and between the kills. */
const STRIKES = [20, 60];

let dir = "";
let port = 0;
let child: ChildProcess | null = null;
let postgres: EmbeddedPostgres;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

/** Gatehouse's data plane as it is run, in a process of its own on the data directory of the test. */
function startGatehouse(): void {
  child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", "gate.ts"], {
    env: {
      ...process.env,
      PORT: String(port),
      BIND_ADDRESS: "127.0.0.1",
      DATA_DIR: dir,
      GATEHOUSE_URL: `http://localhost:${port}`,
    },
    stdio: "ignore",
  });
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-kill-"));
  port = await freePort();
  postgres = new EmbeddedPostgres({ dataDir: dir });
  const access = await postgres.start();
  await migrateUp(access);
  const state = databaseState();
  state.open = Promise.resolve(openPool(access));
  state.closed = false;
});

afterEach(async () => {
  await kill();
  const state = databaseState();
  await (await state.open)?.close();
  state.open = null;
  await postgres.stop();
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

/**
 * Sends until it is answered by more than "not now", as providers do. A 409 after a try that nobody
 * answered says that the try got through.
 */
async function insist(client: TestScimClient, method: string, to: string, body: unknown) {
  for (;;) {
    const answer: WireAnswer | null = await ask(port, {
      method,
      path: `/scim/v2/${client.loginMethodId}${to}`,
      headers: {
        authorization: `Bearer ${client.secret}`,
        "content-type": "application/scim+json",
      },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    await sleep(50);
  }
}

/** What was answered 2xx. */
interface Acknowledged {
  people: Map<string, string>;
  members: Set<string>;
}

async function pushOne(client: TestScimClient, group: string, at: number, acked: Acknowledged) {
  const userName = `p${at}@example.com`;
  const made = await insist(client, "POST", "/Users", { schemas: [USER_URN], userName });
  expect([201, 409], made.text).toContain(made.status);
  if (made.status === 201) acked.people.set(userName, JSON.parse(made.text).id);
  const id = acked.people.get(userName) ?? (await idOf(userName));
  const add = { op: "add", path: "members", value: [{ value: id }] };
  const body = { schemas: [PATCH_URN], Operations: [add] };
  const joined = await insist(client, "PATCH", `/Groups/${group}`, body);
  expect([200, 204], joined.text).toContain(joined.status);
  acked.members.add(id);
}

/** The database may be on its way back. */
async function rowsOf<T extends Record<string, unknown>>(statement: ReturnType<typeof sql>) {
  return vi.waitFor(async () => (await (await database()).execute<T>(statement)).rows, {
    timeout: 60_000,
    interval: 200,
  });
}

async function idOf(userName: string): Promise<string> {
  const statement = sql`select id from scim_users where user_name = ${userName}`;
  return (await rowsOf<{ id: string }>(statement))[0]?.id ?? "";
}

async function pushWhile(strike: () => Promise<void>) {
  const client = await scimClientOf(await firstOwner());
  startGatehouse();
  const group = JSON.parse(
    (await insist(client, "POST", "/Groups", { schemas: [GROUP_URN], displayName: randomUUID() }))
      .text,
  ).id;
  const acked: Acknowledged = { people: new Map(), members: new Set() };
  let next = 0;
  const push = async () => {
    while (next < PEOPLE) {
      next += 1;
      await pushOne(client, group, next, acked);
    }
  };
  const pushing = Promise.all(Array.from({ length: CLIENTS }, push));
  for (const count of STRIKES) {
    const reached = () => acked.members.size >= count;
    // A push that fails is told at once.
    await Promise.race([pushing, vi.waitUntil(reached, { timeout: 200_000, interval: 5 })]);
    await strike();
  }
  await pushing;
  return { group, acked };
}

/** Everything acknowledged is there, and everything that is there was done once and is in the log. */
async function expectWhole(group: string, acked: Acknowledged): Promise<void> {
  const [found] = await rowsOf(sql`
    select (select count(*)::int from scim_users) as people,
      (select count(*)::int from users where source = 'scim') as registered,
      (select count(*)::int from scim_members where group_id = ${group}) as members,
      (select version from scim_groups where id = ${group}) as version,
      (select count(*)::int from scim_log where method = 'POST' and path = '/Users' and status = 201) as "loggedPeople",
      (select count(distinct resource_id)::int from scim_log where method = 'POST' and path = '/Users' and status = 201) as "loggedOnce"`);
  expect(found).toEqual({
    people: PEOPLE,
    registered: PEOPLE,
    members: PEOPLE,
    version: PEOPLE + 1,
    loggedPeople: PEOPLE,
    loggedOnce: PEOPLE,
  });
  const stored = await rowsOf<{ user_name: string; id: string }>(
    sql`select user_name, id from scim_users`,
  );
  const ids = new Map(stored.map(({ user_name, id }) => [user_name, id]));
  for (const [userName, id] of acked.people) expect(ids.get(userName)).toBe(id);
}

it(
  "kill -9 of Gatehouse in the middle of a push loses nothing answered 2xx, and applies nothing twice",
  async () => {
    const { group, acked } = await pushWhile(async () => {
      await kill();
      startGatehouse();
    });
    await expectWhole(group, acked);
  },
  TIMEOUT_MS,
);

it(
  "kill -9 of PostgreSQL in the middle of a push loses nothing answered 2xx, and applies nothing twice",
  async () => {
    const file = path.join(dir, "postgres", "postmaster.pid");
    const { group, acked } = await pushWhile(async () => {
      const text = await vi.waitUntil(
        () => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null),
        { timeout: 30_000 },
      );
      process.kill(Number(text.split("\n")[0]), "SIGKILL");
    });
    await expectWhole(group, acked);
  },
  TIMEOUT_MS,
);
