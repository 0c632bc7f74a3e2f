import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { AppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { projectRoot } from "./project-root";
import { asUnavailable } from "./query-error";

/** Advisory lock of the database that is migrated: "gatehous" as bytes. */
const LOCK = "7449367189093934451";
const LOCK_WAIT_MS = 120_000;
const OLDEST_MAJOR = 14;

const migrationsFolder = (): string => path.join(projectRoot(), "db", "migrations");

/**
 * Brings a database up to date. Instances that start together wait for one another, so each migration
 * runs once. Throws AppError `unavailable` for what an operator can put right.
 */
export async function migrateUp(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: 5_000,
    application_name: "gatehouse migration",
  });
  client.on("error", (err) => log.debug({ err }, "the migration's connection was lost"));
  try {
    await client.connect();
    await checkVersion(client);
    await takeLock(client);
    await refuseNewer(client);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
  } catch (error) {
    throw asUnavailable(error) ?? asUnavailable(error instanceof Error && error.cause) ?? error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as version",
  );
  refuseOld(Number(rows[0]?.number), rows[0]?.version ?? "unknown");
}

/** Throws AppError `unavailable` for a server below 14. `number` is PostgreSQL's `server_version_num`. */
export function refuseOld(number: number, version: string): void {
  if (number >= OLDEST_MAJOR * 10_000) return;
  throw new AppError(
    "unavailable",
    `The database server is PostgreSQL ${version}; Gatehouse needs ${OLDEST_MAJOR} or later.`,
    { fix: "Upgrade it, or point DATABASE_URL at a newer one." },
  );
}

// Asked for again and again, not waited for: a wait has no end that we could name.
async function takeLock(client: pg.Client): Promise<void> {
  for (let waited = 0; waited < LOCK_WAIT_MS; waited += 100) {
    const { rows } = await client.query<{ ok: boolean }>(
      "select pg_try_advisory_lock($1::bigint) as ok",
      [LOCK],
    );
    if (rows[0]?.ok) return;
    if (waited === 0) log.info("waiting for another instance that migrates the database");
    await sleep(100);
  }
  throw new AppError(
    "unavailable",
    "Another instance has been migrating the database for minutes.",
    {
      fix: "Look at that instance's log. If it is gone, end its session in pg_stat_activity (gatehouse migration).",
    },
  );
}

async function refuseNewer(client: pg.Client): Promise<void> {
  const table = await client.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations')::text as name",
  );
  if (!table.rows[0]?.name) return;
  const { rows } = await client.query<{ last: string | null }>(
    "select max(created_at)::text as last from drizzle.__drizzle_migrations",
  );
  const ours = readMigrationFiles({ migrationsFolder: migrationsFolder() });
  const newest = Math.max(0, ...ours.map(({ folderMillis }) => folderMillis));
  if (Number(rows[0]?.last ?? 0) <= newest) return;
  throw new AppError("unavailable", "The database was made by a newer version of Gatehouse.", {
    fix: "Start that version, or restore the backup from before the upgrade.",
  });
}
