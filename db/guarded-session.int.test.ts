import net from "node:net";
import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Database, OpenPool } from "./pool";
import { openPool } from "./pool";
import { isUniqueViolation } from "./query-error";
import { admins } from "./schema/admins";
import { createTestDatabase, type TestDatabase } from "./testing";

let made: TestDatabase;
let pool: OpenPool;
let db: Database;
beforeAll(async () => {
  made = await createTestDatabase();
  pool = openPool(made.config);
  db = pool.db;
});
afterAll(async () => {
  await pool.close();
  await made.drop();
});

const admin = (email: string, passwordHash = "hash") =>
  ({ name: "A", email, passwordHash, role: "owner" }) as const;

const emails = async () =>
  (await db.select({ email: admins.email }).from(admins)).map((a) => a.email);

/** Ends every connection of the pool at the server, as a restart does. */
async function breakConnections(): Promise<void> {
  const client = new pg.Client(made.config);
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}

describe("an error", () => {
  test("never carries the parameters of the query, which may be secrets", async () => {
    await db.insert(admins).values(admin("twice@example.com"));
    const error = await db
      .insert(admins)
      .values(admin("Twice@example.com", "planted-hash"))
      .catch((thrown: unknown) => thrown);
    expect(isUniqueViolation(error, "admins_email")).toBe(true);
    expect(error).toMatchObject({ name: "QueryError", code: "23505" });
    const { message, stack, ...rest } = error as Error;
    expect(`${message} ${stack} ${JSON.stringify(rest)}`).not.toMatch(/planted-hash|Twice@/);
  });

  test("in raw SQL is translated too", async () => {
    await expect(db.execute(sql`select * from no_such_table`)).rejects.toMatchObject({
      name: "QueryError",
      code: "42P01",
    });
  });

  test("of a statement that takes too long says so", async () => {
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(sql`set local statement_timeout = 50`);
        await tx.execute(sql`select pg_sleep(20)`);
      }),
    ).rejects.toMatchObject({ code: "unavailable", message: "The database took too long." });
  });
});

describe("a transaction", () => {
  test("is undone when its function throws, and the error comes through", async () => {
    const boom = new Error("boom");
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(admins).values(admin("undone@example.com"));
        throw boom;
      }),
    ).rejects.toBe(boom);
    expect(await emails()).not.toContain("undone@example.com");
  });

  test("does not report success when a failed statement was passed over", async () => {
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(admins).values(admin("half@example.com"));
        await tx.execute(sql`select 1/0`).catch(() => undefined);
      }),
    ).rejects.toThrow("went on after a failed statement");
    expect(await emails()).not.toContain("half@example.com");
  });

  test("may undo a part of itself", async () => {
    await db.transaction(async (tx) => {
      await tx.insert(admins).values(admin("outer@example.com"));
      await tx
        .transaction(async (inner) => {
          await inner.insert(admins).values(admin("inner@example.com"));
          throw new Error("inner");
        })
        .catch(() => undefined);
    });
    expect(await emails()).toContain("outer@example.com");
    expect(await emails()).not.toContain("inner@example.com");
  });

  test("has the isolation it asks for", async () => {
    const level = await db.transaction(
      async (tx) => (await tx.execute(sql`show transaction_isolation`)).rows[0],
      { isolationLevel: "serializable" },
    );
    expect(level).toEqual({ transaction_isolation: "serializable" });
  });
});

describe("a database that is lost and comes back", () => {
  test("fails what was under way, and serves the next request", async () => {
    await expect(
      db.transaction(async (tx) => {
        await tx.insert(admins).values(admin("lost@example.com"));
        await breakConnections();
        await tx.insert(admins).values(admin("lost-too@example.com"));
      }),
    ).rejects.toMatchObject({ code: "unavailable" });
    expect(await emails()).not.toContain("lost@example.com");
  });

  test("leaks no connection, however often", async () => {
    for (let i = 0; i < 12; i++) {
      await db
        .transaction(async (tx) => {
          await breakConnections();
          await tx.execute(sql`select 1`);
        })
        .catch(() => undefined);
    }
    const rows = await Promise.all(
      Array.from({ length: 10 }, () => db.transaction((tx) => tx.execute(sql`select 1 as one`))),
    );
    expect(rows.every((result) => result.rows[0]?.one === 1)).toBe(true);
  });

  test("does not take the process with it while idle", async () => {
    await Promise.all(Array.from({ length: 5 }, () => db.execute(sql`select pg_sleep(0.05)`)));
    await breakConnections();
    // A request may still meet a connection whose end has not been heard of.
    await vi.waitFor(async () => expect(await emails()).toContain("outer@example.com"));
  });
});

test("a server that accepts and never answers does not hang a request", async () => {
  const sockets: net.Socket[] = [];
  const silent = net.createServer((socket) => sockets.push(socket));
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const { port } = silent.address() as net.AddressInfo;
  const stuck = openPool({ host: "127.0.0.1", port, user: "u", password: "p", database: "d" });
  await expect(stuck.db.execute(sql`select 1`)).rejects.toMatchObject({
    code: "unavailable",
    message: "The database does not answer: no connection came free in time.",
  });
  await stuck.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => silent.close(done));
});

describe("a statement that is asked often", () => {
  const named = async () => {
    const { rows } = await db.execute<{ name: string; statement: string }>(
      sql`select name, statement from pg_prepared_statements`,
    );
    return rows;
  };
  const ask = (email: string) =>
    db.select({ role: admins.role }).from(admins).where(eq(admins.email, email));

  test("is prepared once for a connection, a seldom one is not, and both answer the same", async () => {
    await db.insert(admins).values(admin("often@example.com"));
    for (let round = 0; round < 120; round += 1) {
      expect(await ask("often@example.com")).toEqual([{ role: "owner" }]);
    }
    const statements = (await named()).map(({ statement }) => statement);
    expect(statements.filter((text) => text.includes('from "admins"'))).toHaveLength(1);
    expect(statements.join()).not.toContain("pg_prepared_statements");
  });

  test("is asked without a name when the database lost it, after one error", async () => {
    const other = openPool(made.config);
    const question = () =>
      other.db
        .select({ name: admins.name })
        .from(admins)
        .where(eq(admins.email, "often@example.com"));
    for (let round = 0; round < 60; round += 1) await question();
    await other.db.execute(sql`deallocate all`);
    await expect(question()).rejects.toMatchObject({ code: "26000" });
    expect(await question()).toHaveLength(1);
    await other.close();
  });

  test("goes on in a transaction, and after one that failed", async () => {
    await db
      .transaction(async (tx) => {
        await tx
          .select({ role: admins.role })
          .from(admins)
          .where(eq(admins.email, "often@example.com"));
        throw new Error("stop");
      })
      .catch(() => undefined);
    expect(await ask("often@example.com")).toHaveLength(1);
  });
});
