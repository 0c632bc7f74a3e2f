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
import { log } from "@/lib/kit/log";
import type { HotStatements } from "./hot-statements";
import { asUnavailable, isLostStatement, QueryError } from "./query-error";

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
  hot: HotStatements,
): PgPreparedQuery<T> {
  const guard =
    <A extends unknown[], R>(run: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      try {
        return await run(...given);
      } catch (error) {
        if (isLostStatement(error)) {
          log.warn("the database does not keep prepared statements; they are not used any more");
          hot.stop();
        }
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
 * `begin` fails, and hides the first error when `rollback` fails.) Statements that are asked often are
 * prepared once for a connection.
 */
export class GuardedSession extends NodePgSession<NoSchema, NoSchema> {
  readonly #pool: pg.Pool;
  readonly #hot: HotStatements;

  constructor(
    pool: pg.Pool,
    dialect: PgDialect,
    hot: HotStatements,
    client: pg.Pool | pg.PoolClient = pool,
  ) {
    super(client, dialect, undefined);
    this.#pool = pool;
    this.#hot = hot;
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...[query, fields, name, ...others]: PrepareArguments
  ): PgPreparedQuery<T> {
    // Without parameters it is `begin` and the like, which nobody plans.
    const known = name ?? (query.params.length > 0 ? this.#hot.nameOf(query.sql) : undefined);
    const prepared = super.prepareQuery(query, fields, known, ...others);
    return guarded(prepared, query.sql, this.#hot) as PgPreparedQuery<T>;
  }

  override async transaction<T>(
    run: (tx: Transaction) => Promise<T>,
    config?: PgTransactionConfig,
  ): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translated("begin", error);
    });
    const session = new GuardedSession(this.#pool, this.dialect, this.#hot, client);
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
