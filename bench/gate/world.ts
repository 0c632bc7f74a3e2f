import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { database, databaseState } from "@/db/client";
import { EmbeddedPostgres } from "@/db/embedded/supervisor";
import { migrateUp } from "@/db/migrate";
import { openPool } from "@/db/pool";
import { loginMethods } from "@/db/schema/login-methods";
import { sessions } from "@/db/schema/sessions";
import { users } from "@/db/schema/users";
import { insertGuardedApplication } from "@/db/testing-rows";
import { dataPlane } from "@/lib/http/data-plane";
import { signToken } from "@/lib/keys/sign";
import { ensureSigningKey } from "@/lib/keys/store";
import { personToken } from "@/lib/sessions/mint";
import type { PersonIdentity } from "@/lib/users/schema";
import { type Measured, startBuilt } from "../server";

// Shared by this process, which signs tokens, and the gates that verify them.
process.env.GATEHOUSE_SECRET ??= randomBytes(32).toString("hex");
// Where the practice providers are.
process.env.OUTBOUND_ALLOW ??= "localhost";

const TEAM = "http://localhost:3999";
const DAY_MS = 86_400_000;

/** A database in which somebody is signed in, and the gates that use it. */
export interface World {
  /** Of the application that is asked about. */
  host: string;
  /** Everybody of example.com. */
  application: Awaited<ReturnType<typeof insertGuardedApplication>>;
  /** One whose policy lets nobody of example.com in. */
  closed: World["application"];
  /** Of the embedded PostgreSQL too. */
  dataDir: string;
  /** Origin of the team domain. */
  team: string;
  startGate(env?: Record<string, string | undefined>): Promise<Measured>;
  stop(): Promise<void>;
}

export async function openWorld(host = "app.bench.test"): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const postgres = new EmbeddedPostgres({ dataDir });
  const access = await postgres.start();
  await migrateUp(access);
  const pool = openPool(access);
  const state = databaseState();
  state.open = Promise.resolve(pool);
  state.closed = false;
  await ensureSigningKey(dataPlane);
  const include = [{ email_domain: { domain: "example.com" } }];
  const application = await insertGuardedApplication(host, { policy: { include } });
  const others = [{ email_domain: { domain: "example.org" } }];
  const closed = await insertGuardedApplication("closed.bench.test", {
    policy: { include: others },
  });
  return {
    dataDir,
    host,
    application,
    closed,
    team: TEAM,
    startGate: (env = {}) => startBuilt(dataDir, { GATEHOUSE_URL: TEAM, ...env }, "gate"),
    async stop() {
      state.open = null;
      // What still runs by the clock must not open the database of this checkout.
      state.closed = true;
      await pool.close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const claimOf = (name: string, values: string[]) => ({
  name,
  value: values,
  values: values.map((value) => ({ path: "", value })),
});

/** So many sessions of one person with ten groups and two custom claims. */
export async function insertSessions(count: number): Promise<{ id: string; userId: string }[]> {
  const db = await database();
  const [method] = await db
    .insert(loginMethods)
    .values({ kind: "oidc", name: `Staff ${randomBytes(4).toString("hex")}`, config: {} })
    .returning();
  if (!method) throw new Error("no login method");
  const groups = Array.from({ length: 10 }, (_, index) => `department-${index}`);
  const person = { email: "ada@example.com", name: "Ada Lovelace", subject: method.id };
  const identity: PersonIdentity = {
    ...person,
    issuer: "https://login.example.com",
    loginMethod: { id: method.id, name: method.name, kind: method.kind },
    groups,
    amr: ["pwd", "mfa"],
    claims: [claimOf("groups", groups), claimOf("department", ["Engines"])],
  };
  const [user] = await db
    .insert(users)
    .values({
      ...person,
      loginMethodId: method.id,
      loginMethodName: method.name,
      loginMethodKind: method.kind,
      issuer: identity.issuer,
      identity,
    })
    .returning({ id: users.id });
  if (!user) throw new Error("no user");
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into ${sessions} (user_id, login_method_id, identity, expires_at, tokens_expire_at)
    select ${user.id}, ${method.id}, ${JSON.stringify(identity)}::jsonb, now() + interval '1 day', now() + interval '1 day'
    from generate_series(1, ${count}::int) returning id`);
  return rows.map(({ id }) => ({ id, userId: user.id }));
}

/** A token for each session, as the Cookie header that brings it. */
export async function cookiesFor(
  { application }: Pick<World, "application">,
  signedIn: readonly { id: string; userId: string }[],
): Promise<string[]> {
  const now = Date.now();
  const cookie = async ({ id, userId }: { id: string; userId: string }) => {
    const claims = personToken({
      ...{ issuer: TEAM, now, expiresAt: now + DAY_MS, application, userId, sessionId: id },
      ...{ email: "ada@example.com", country: null, policyId: application.policyId },
      ...{ claims: [], host: null },
    });
    return `CF_Authorization=${await signToken(claims)}`;
  };
  const made: string[] = [];
  const AT_ONCE = 200;
  for (let from = 0; from < signedIn.length; from += AT_ONCE) {
    made.push(...(await Promise.all(signedIn.slice(from, from + AT_ONCE).map(cookie))));
  }
  return made;
}

/** Applications with a policy each, whose hosts nobody asks about. */
export async function insertOthers(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) {
    await insertGuardedApplication(`other-${index}.bench.test/part-${index}`, {
      policy: {
        include: [{ email: { email: `person-${index}@example.com` } }],
        require: [{ ip: { ip: `10.${index % 256}.0.0/16` } }],
      },
    });
  }
}

/** What Caddy asks, word for word. */
export const question = (host: string, cookie?: string): Record<string, string> => ({
  "X-Forwarded-For": "198.51.100.7",
  "X-Forwarded-Host": host,
  "X-Forwarded-Proto": "http",
  "X-Forwarded-Method": "GET",
  "X-Forwarded-Uri": "/notes?month=5",
  Accept: "text/html",
  ...(cookie && { Cookie: cookie }),
});

export const GATE_PATH = "/forward-auth/caddy";
