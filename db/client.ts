import { sql } from "drizzle-orm";
import type pg from "pg";
import { dataDir } from "@/lib/kit/data-dir";
import { env } from "@/lib/kit/env";
import { AppError, isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { EmbeddedPostgres } from "./embedded/supervisor";
import { migrateUp } from "./migrate";
import type { Database } from "./pool";
import { openPool } from "./pool";

export type { Database, Queryable } from "./pool";

export interface OpenDatabase {
  db: Database;
  /** How to make another connection to the same database. */
  config: pg.ClientConfig;
  close(): Promise<void>;
}

interface State {
  open: Promise<OpenDatabase> | null;
  closed: boolean;
}

/** Shared by the two bundles of the process; the tests put their own database here. */
export const databaseState = (): State =>
  processState<State>("database", () => ({ open: null, closed: false }));

/**
 * The database of this process. The first call opens it: it starts the embedded PostgreSQL unless
 * DATABASE_URL is set, and migrates. A failed opening is tried again by the next call. Throws
 * AppError `unavailable`.
 */
export async function database(): Promise<Database> {
  const state = databaseState();
  if (process.env.NEXT_PHASE === "phase-production-build") {
    throw new Error("a page reads the database during `next build`: await connection() first");
  }
  if (state.closed) {
    throw new AppError("unavailable", "Gatehouse is stopping.", { fix: "Try again in a moment." });
  }
  state.open ??= openDatabase().catch((err: unknown) => {
    state.open = null;
    log.error({ err, ...whereabouts() }, "the database could not be opened");
    throw err;
  });
  return (await state.open).db;
}

/** For a connection of one's own beside the pool. Opens the database if need be. */
export async function listenConfig(): Promise<pg.ClientConfig> {
  await database();
  const open = await databaseState().open;
  if (!open) throw new AppError("unavailable", "Gatehouse is stopping.");
  return open.config;
}

/** Closes the database for good, before the process ends. The last process out stops the embedded server. */
export async function closeDatabase(): Promise<void> {
  const state = databaseState();
  state.closed = true;
  const open = await state.open?.catch(() => null);
  state.open = null;
  await open?.close();
}

async function openDatabase(): Promise<OpenDatabase> {
  const url = env().databaseUrl;
  if (url) {
    const config = { connectionString: url };
    await migrateUp(config);
    return openPool(config);
  }
  const server = new EmbeddedPostgres({ dataDir: dataDir(), pgBinDir: env().pgBinDir });
  const access = await server.start();
  try {
    await migrateUp(access);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const pool = openPool(access);
  return {
    db: pool.db,
    config: access,
    async close() {
      await pool.close();
      await server.stop();
    },
  };
}

/** Where the database is, for the log: never a user or a password. */
function whereabouts(): Record<string, string> {
  const url = env().databaseUrl;
  if (!url) return { dataDir: dataDir() };
  if (!URL.canParse(url)) return {};
  const { host, pathname } = new URL(url);
  return { host, database: pathname.slice(1) };
}

export interface DatabaseHealth {
  ok: boolean;
  kind: "embedded" | "url";
  /** Of the server, such as "18.4". */
  version: string | null;
  error: string | null;
}

const HEALTH_MS = 3_000;

/** Whether the database answers, within 3 seconds. Never throws. */
export async function databaseHealth(): Promise<DatabaseHealth> {
  const kind = env().databaseUrl ? "url" : "embedded";
  const asked = askVersion().then(
    (version) => ({ ok: true, kind, version, error: null }) as const,
    (err: unknown) => {
      const error = isAppError(err) ? err.message : "The database failed.";
      return { ok: false, kind, version: null, error } as const;
    },
  );
  const late = new Promise<DatabaseHealth>((resolve) => {
    const error = `The database did not answer within ${HEALTH_MS / 1000} seconds.`;
    setTimeout(resolve, HEALTH_MS, { ok: false, kind, version: null, error }).unref();
  });
  return Promise.race([asked, late]);
}

async function askVersion(): Promise<string | null> {
  const db = await database();
  const { rows } = await db.execute<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  return rows[0]?.version.split(" ")[0] ?? null;
}
