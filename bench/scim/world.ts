import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { loginMethods } from "@/db/schema/login-methods";
import { scimSecrets } from "@/db/schema/scim";
import { hashToken, randomToken } from "@/lib/kit/secrets";
import { openWorld } from "../gate/world";
import { cpuMs, freePort } from "../server";
import type { Target } from "./client";

export interface ScimWorld {
  pid: number;
  /** Processor time of PostgreSQL so far, in milliseconds, without what has ended. */
  postgresMs(): number;
  /** One endpoint for each login method. */
  targets: Target[];
  stop(): Promise<void>;
}

async function insertEndpoint(): Promise<{ id: string; secret: string }> {
  const db = await database();
  const secret = randomToken();
  const scim = { enabled: true, user_deprovision: true, identity_update_behavior: "automatic" };
  const [method] = await db
    .insert(loginMethods)
    .values({ kind: "okta", name: `Bench ${randomToken()}`, config: {}, scim })
    .returning({ id: loginMethods.id });
  if (!method) throw new Error("no login method");
  await db
    .insert(scimSecrets)
    .values({ loginMethodId: method.id, hash: hashToken(secret), createdByName: "Bench" });
  return { id: method.id, secret };
}

/** Processes of the server on a data directory. */
function backends(dataDir: string): number[] {
  const file = join(dataDir, "postgres", "postmaster.pid");
  const [postmaster = ""] = readFileSync(file, "utf8").split("\n");
  const path = `/proc/${postmaster}/task/${postmaster}/children`;
  return readFileSync(path, "utf8").trim().split(" ").map(Number);
}

/** The built data plane with so many login methods whose SCIM is on, and a database of its own. */
export async function openScimWorld(count: number): Promise<ScimWorld> {
  const world = await openWorld();
  const made = [];
  for (let at = 0; at < count; at += 1) made.push(await insertEndpoint());
  const gate = await world.startGate();
  return {
    pid: gate.pid,
    postgresMs: () => backends(world.dataDir).reduce((sum, pid) => sum + cpuMs(pid), 0),
    targets: made.map(({ id, secret }) => ({ base: `${gate.url}/scim/v2/${id}`, secret })),
    async stop() {
      await gate.stop();
      await world.stop();
    },
  };
}

export const methodOf = ({ base }: Target): string => base.split("/").at(-1) ?? "";

/** Statements end after 10 seconds, on a busy machine too. */
const AT_ONCE = 5_000;

/** People of a login method, past the protocol: as many as a first push would have brought. */
export async function insertPeople(target: Target, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await insertSome(target, from, Math.min(count, from + AT_ONCE));
  }
}

async function insertSome(target: Target, from: number, to: number): Promise<void> {
  const method = methodOf(target);
  const db = await database();
  await db.execute(sql`
    with person as (
      insert into users (login_method_id, login_method_name, login_method_kind, issuer, subject, email, identity, seat, source)
      select ${method}::uuid, 'Bench', 'okta', '', 's' || n, 'p' || n || '@bench.test',
        jsonb_build_object('email', 'p' || n || '@bench.test', 'name', null, 'issuer', '', 'subject', 's' || n,
          'loginMethod', jsonb_build_object('id', ${method}::text, 'name', 'Bench', 'kind', 'okta'),
          'groups', '[]'::jsonb, 'amr', '[]'::jsonb, 'claims', '[]'::jsonb), false, 'scim'
      from generate_series(${from}::int, ${to - 1}::int) n
      returning id, email, substr(subject, 2)::int as n)
    insert into scim_users (login_method_id, user_name, user_name_key, external_id, emails, attributes, user_id)
    select ${method}::uuid, email, email, 'e' || n, array[email],
      jsonb_build_object('emails', jsonb_build_array(jsonb_build_object('value', email, 'type', 'work', 'primary', true)),
        'name', jsonb_build_object('familyName', 'No ' || n)), id
    from person`);
}

/** A group of the first so many people of a login method. */
export async function insertGroup(target: Target, members: number): Promise<string> {
  const method = methodOf(target);
  const name = `Group of ${members} ${randomToken()}`;
  const db = await database();
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into scim_groups (login_method_id, display_name, display_name_key, attributes)
    values (${method}::uuid, ${name}::text, lower(${name}::text), '{}'::jsonb) returning id`);
  const id = rows[0]?.id ?? "";
  for (let from = 0; from < members; from += AT_ONCE) {
    await db.execute(sql`
      insert into scim_members (group_id, user_id)
      select ${id}::uuid, u.id from scim_users u where login_method_id = ${method}::uuid
      order by created_at, id limit ${Math.min(AT_ONCE, members - from)} offset ${from}`);
  }
  // As autovacuum does a minute after a first push.
  await db.execute(sql`vacuum analyze scim_users, scim_members, scim_groups, users`);
  return id;
}

/** scimmy in a process of its own. */
export async function startScimmy(): Promise<{
  target: Target;
  pid: number;
  stop(): Promise<void>;
}> {
  const port = await freePort();
  const child = spawn(process.execPath, ["bench/scim/scimmy-server.mjs"], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const base = `http://localhost:${port}`;
  while (!(await fetch(base).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error("scimmy did not start");
    await sleep(20);
  }
  return {
    target: { base, secret: "" },
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
