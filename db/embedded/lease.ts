import pg from "pg";
import type { Passwords } from "./passwords";
import { codeOf, trouble } from "./trouble";

/** The advisory lock, in database `postgres`, that every process using the server holds shared. */
const LEASE = 0x65706731;
const ROLE = "gatehouse";
export const DATABASE = "gatehouse";

export interface Access {
  host: string;
  user: string;
  password: string;
  database: string;
}

export const superuser = (host: string, passwords: Passwords, database = "postgres"): Access => ({
  host,
  user: "postgres",
  password: passwords.admin,
  database,
});

/** An ordinary role that owns one database: an SQL injection gets no COPY PROGRAM. */
export const application = (host: string, passwords: Passwords): Access => ({
  host,
  user: ROLE,
  password: passwords.app,
  database: DATABASE,
});

export type Attached = pg.Client | "busy" | "down";

/**
 * Connects and takes the lease: a connection that the kernel closes when this process dies, whatever
 * the cause. `busy` means a server is there and not ready; `down` that none listens. `onLost` is
 * called when the lease breaks later.
 */
export async function attach(
  host: string,
  passwords: Passwords,
  files: { passwordFile: string; data: string },
  onLost: (lease: pg.Client) => void,
): Promise<Attached> {
  const client = new pg.Client({
    ...superuser(host, passwords),
    connectionTimeoutMillis: 5_000,
    application_name: `gatehouse lease ${process.pid}`,
  });
  const state = { lost: false };
  const lose = () => {
    state.lost = true;
    onLost(client);
  };
  client.on("error", lose).on("end", lose);
  try {
    await client.connect();
    await client.query("select pg_advisory_lock_shared($1)", [LEASE]);
    await ensureDatabase(client, passwords.app);
    return state.lost ? "busy" : client;
  } catch (error) {
    await client.end().catch(() => undefined);
    return explainRefusal(error, host, files);
  }
}

function explainRefusal(
  error: unknown,
  host: string,
  files: { passwordFile: string; data: string },
): "busy" | "down" {
  switch (codeOf(error)) {
    case "ENOENT":
    case "ECONNREFUSED":
      return "down";
    case "28P01":
      throw trouble(
        `The password in ${files.passwordFile} does not fit the database in ${files.data}.`,
        "Restore both from the same backup.",
        error,
      );
    case "EACCES":
      throw trouble(
        `There is no access to the PostgreSQL socket in ${host}.`,
        "Run Gatehouse as the same user as before.",
        error,
      );
    default:
      return "busy";
  }
}

// Idempotent; the lock, held to the end of the transaction, serialises two first starts.
async function ensureDatabase(client: pg.Client, password: string): Promise<void> {
  await client.query("begin");
  await client.query("select pg_advisory_xact_lock($1)", [LEASE + 1]);
  const found = await client.query<{ role: boolean; db: boolean }>(
    "select exists(select from pg_roles where rolname = $1) as role, exists(select from pg_database where datname = $2) as db",
    [ROLE, DATABASE],
  );
  if (!found.rows[0]?.role) {
    await client.query(`create role ${ROLE} login password ${client.escapeLiteral(password)}`);
  }
  await client.query("commit");
  if (found.rows[0]?.db) return;
  try {
    await client.query(`create database ${DATABASE} owner ${ROLE}`);
  } catch (error) {
    if (!["42P04", "23505"].includes(codeOf(error))) throw error;
  }
}

/** Gives the lease up, and answers whether ours was the last one: then nobody else may be let in. */
export async function isLast(lease: pg.Client): Promise<boolean> {
  try {
    await lease.query("select pg_advisory_unlock_shared($1)", [LEASE]);
    const { rows } = await lease.query<{ ok: boolean }>("select pg_try_advisory_lock($1) as ok", [
      LEASE,
    ]);
    return rows[0]?.ok === true;
  } catch {
    return false;
  }
}
