import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { closeDatabase, database, databaseHealth, databaseState } from "./client";
import { admins } from "./schema/admins";
import { useTestDatabase } from "./testing";

useTestDatabase();

afterEach(() => vi.unstubAllEnvs());

test("a test file has a migrated, empty database of its own", async () => {
  const db = await database();
  expect(await db.select().from(admins)).toEqual([]);
  expect(await database()).toBe(db);
});

test("health tells the server's version", async () => {
  const db = await database();
  const { rows } = await db.execute<{ full: string }>(
    sql`select current_setting('server_version') as full`,
  );
  const health = await databaseHealth();
  expect(health).toMatchObject({ ok: true, error: null });
  expect(rows[0]?.full.startsWith(health.version ?? "none")).toBe(true);
});

test("health tells in words why there is no database, and a later call tries again", async () => {
  const state = databaseState();
  const { open } = state;
  state.open = Promise.reject(new Error("planted internals"));
  expect(await databaseHealth()).toMatchObject({
    ok: false,
    version: null,
    error: "The database failed.",
  });
  state.open = open;
  expect(await databaseHealth()).toMatchObject({ ok: true });
});

test("`next build` never opens it", async () => {
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  await expect(database()).rejects.toThrow(/next build/);
});

test("after the close, nothing opens it again", async () => {
  const state = databaseState();
  const { open } = state;
  state.open = null;
  await closeDatabase();
  await expect(database()).rejects.toMatchObject({
    code: "unavailable",
    message: "Gatehouse is stopping.",
  });
  Object.assign(state, { open, closed: false });
});
