import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { migrateUp, refuseOld } from "./migrate";
import { createTestDatabase, type TestDatabase } from "./testing";
import { runOn } from "./testing-server";

let made: TestDatabase;
beforeEach(async () => {
  made = await createTestDatabase("empty");
});
afterEach(() => made.drop());

async function query<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client(made.config);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

const migrations = () =>
  query<{ hash: string }>("select hash from drizzle.__drizzle_migrations order by id");

describe("migrations", () => {
  test("run once when six instances start together", async () => {
    await Promise.all(Array.from({ length: 6 }, () => migrateUp(made.config)));
    const done = await migrations();
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ hash }) => hash)).size).toBe(done.length);
  });

  test("are not run again by the next start", async () => {
    await migrateUp(made.config);
    const before = await migrations();
    await migrateUp(made.config);
    expect(await migrations()).toEqual(before);
  });

  test("leave nothing behind when one fails", async () => {
    await runOn(made.config, "create table login_methods (id int)");
    await expect(migrateUp(made.config)).rejects.toThrow(/login_methods/);
    expect(await query("select to_regclass('team') as team")).toEqual([{ team: null }]);
    expect(await migrations()).toEqual([]);
  });
});

test("the database of a newer Gatehouse is refused", async () => {
  await migrateUp(made.config);
  await runOn(
    made.config,
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 32503680000000)",
  );
  await expect(migrateUp(made.config)).rejects.toMatchObject({
    code: "unavailable",
    message: "The database was made by a newer version of Gatehouse.",
    fix: expect.stringContaining("Start that version"),
  });
});

test.each([
  [90_624, "9.6.24"],
  [130_022, "13.22 (Debian 13.22-1)"],
])("a server of version %i is refused", (number, version) => {
  expect(() => refuseOld(number, version)).toThrow(
    expect.objectContaining({
      code: "unavailable",
      message: `The database server is PostgreSQL ${version}; Gatehouse needs 14 or later.`,
      fix: expect.stringContaining("Upgrade"),
    }),
  );
  expect(() => refuseOld(140_000, "14.0")).not.toThrow();
});

test.each([
  ["a database that is not there", { database: "no_such_database" }, /does not exist/],
  ["a user that is not there", { user: "no_such_user", password: "x" }, /refuses the user/],
  ["a port on which nothing listens", { host: "127.0.0.1", port: 1 }, /refuses connections/],
])("%s is told in words", async (_, change, message) => {
  const { connectionString, ...config } = made.config;
  const base = connectionString ? fromUrl(connectionString) : config;
  await expect(migrateUp({ ...base, ...change })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(message),
  });
});

function fromUrl(connectionString: string): pg.ClientConfig {
  const url = new URL(connectionString);
  return {
    host: url.searchParams.get("host") ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
