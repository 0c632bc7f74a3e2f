import { DrizzleQueryError, sql } from "drizzle-orm";
import {
  NodePgPreparedQuery,
  NodePgSession,
  NodePgTransaction,
} from "drizzle-orm/node-postgres/session";
import type {
  PgDialect,
  PgPreparedQuery,
  PgTransactionConfig,
  PreparedQueryConfig,
} from "drizzle-orm/pg-core";
import type pg from "pg";
import { isAppError } from "@/lib/kit/errors";
import { asUnavailable, QueryError } from "./query-error";

type NoSchema = Record<string, never>;
type Session = NodePgSession<NoSchema, NoSchema>;
type PrepareArguments = Parameters<Session["prepareQuery"]>;

export type Transaction = NodePgTransaction<NoSchema, NoSchema>;

/** The pg error below drizzle's, as what the rest of Gatehouse may see. */
function translated(statement: string, error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return asUnavailable(cause) ?? new QueryError(statement, cause);
}

function guarded<T extends PreparedQueryConfig>(
  prepared: PgPreparedQuery<T>,
  statement: string,
): PgPreparedQuery<T> {
  const guard =
    <A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      try {
        return await run(...given);
      } catch (error) {
        throw translated(statement, error);
      }
    };
  prepared.execute = guard(prepared.execute.bind(prepared));
  if (prepared instanceof NodePgPreparedQuery) prepared.all = guard(prepared.all.bind(prepared));
  return prepared;
}

/**
 * drizzle's session with what it lacks for a database that can be lost: errors without parameters,
 * and transactions that give their connection back whatever fails. (drizzle 0.45 leaks it when
 * `begin` fails, and hides the first error when `rollback` fails.)
 */
export class GuardedSession extends NodePgSession<NoSchema, NoSchema> {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool, dialect: PgDialect, client: pg.Pool | pg.PoolClient = pool) {
    super(client, dialect, undefined);
    this.#pool = pool;
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...args: PrepareArguments
  ): PgPreparedQuery<T> {
    return guarded(super.prepareQuery(...args), args[0].sql) as PgPreparedQuery<T>;
  }

  override async transaction<T>(
    run: (tx: Transaction) => Promise<T>,
    config?: PgTransactionConfig,
  ): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translated("begin", error);
    });
    const session = new GuardedSession(this.#pool, this.dialect, client);
    const tx = new NodePgTransaction<NoSchema, NoSchema>(this.dialect, session, undefined);
    let broken = false;
    try {
      await session.execute(sql`begin`);
      if (config) await tx.setTransaction(config);
      const result = await run(tx);
      const { command } = await session.execute<pg.QueryResult>(sql`commit`);
      // PostgreSQL answers ROLLBACK, without an error, when a statement had failed unnoticed.
      if (command !== "COMMIT") throw new Error("a transaction went on after a failed statement");
      return result;
    } catch (error) {
      broken = isAppError(error) && error.code === "unavailable";
      if (!broken) await session.execute(sql`rollback`).catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
