import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import { log } from "@/lib/kit/log";
import { GuardedSession } from "./guarded-session";
import { hotStatements } from "./hot-statements";

export type Database = NodePgDatabase<Record<string, never>>;
/** What a store function takes that may run alone or in a transaction. */
export type Queryable = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

const MAX_CONNECTIONS = 10;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
/** Above the server's own limit: it counts only when the server does not answer at all. */
const ANSWER_MS = 12_000;
const IDLE_IN_TRANSACTION_MS = 30_000;
const CLOSE_MS = 5_000;
/** Of a connection, and so of a plan that was made while its table was small and is not analysed since. */
const LIFETIME_S = 300;

export interface OpenPool {
  db: Database;
  config: pg.ClientConfig;
  /** Resolves when every connection is closed, or after 5 seconds. */
  close(): Promise<void>;
}

/** Opens a pool. No connection is made yet, and none that breaks later ends the process. */
export function openPool(config: pg.ClientConfig): OpenPool {
  const pool = new pg.Pool({
    ...config,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    maxLifetimeSeconds: LIFETIME_S,
    application_name: "gatehouse",
    onConnect: prepareConnection,
  });
  pool.on("error", (err) => log.warn({ err }, "a database connection was lost"));
  const dialect = new PgDialect();
  const db: Database = new NodePgDatabase(
    dialect,
    new GuardedSession(pool, dialect, hotStatements()),
    undefined,
  );
  return {
    db,
    config,
    close: () =>
      Promise.race([pool.end(), new Promise<void>((done) => setTimeout(done, CLOSE_MS).unref())]),
  };
}

/**
 * A connection that is checked out has no listener of the pool's, and an unheard "error" event would
 * end the process. The limits are set by a statement because PgBouncer refuses them at connection.
 */
async function prepareConnection(client: pg.ClientBase): Promise<void> {
  client.on("error", (err) => log.debug({ err }, "a database connection in use was lost"));
  await client.query(
    `set statement_timeout = ${STATEMENT_MS}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
  );
}
