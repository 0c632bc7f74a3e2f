import { randomBytes } from "node:crypto";
import type pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { databaseState } from "./client";
import { openPool } from "./pool";
import type { TestServer } from "./testing-server";
import { onDatabase, runOn } from "./testing-server";

declare module "vitest" {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestDatabase {
  config: pg.ClientConfig;
  drop(): Promise<void>;
}

/** A database of its own: a copy of the migrated template, or an empty one. */
export async function createTestDatabase(from: "template" | "empty" = "template") {
  const { admin, app, owner, template } = inject("testServer");
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  const source = from === "template" ? template : "template0";
  await runOn(admin, `create database ${name} template ${source} owner ${owner}`);
  return {
    config: onDatabase(app, name),
    drop: () => runOn(admin, `drop database if exists ${name} with (force)`),
  } satisfies TestDatabase;
}

/**
 * Gives a test file a migrated database of its own and points `database()` at it. Call it at the top
 * of an `*.int.test.ts`.
 */
export function useTestDatabase(): void {
  let drop: () => Promise<void> = async () => undefined;
  const state = databaseState();
  beforeAll(async () => {
    const made = await createTestDatabase();
    state.open = Promise.resolve(openPool(made.config));
    state.closed = false;
    drop = made.drop;
  });
  afterAll(async () => {
    const open = await state.open;
    state.open = null;
    await open?.close();
    await drop();
  });
}
