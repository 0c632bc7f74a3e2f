import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { EmbeddedPostgres } from "./embedded/supervisor";
import { migrateUp } from "./migrate";
import type { TestServer } from "./testing-server";
import { onDatabase, runOn } from "./testing-server";

/**
 * One PostgreSQL for the whole run: the one of DATABASE_URL, whose user must be allowed to create
 * databases, or an embedded one in a temporary directory. With it a migrated template, which each
 * test file copies.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = process.env.DATABASE_URL
    ? await givenServer(process.env.DATABASE_URL)
    : await ownServer();
  try {
    await runOn(server.admin, `create database ${server.template} owner ${server.owner}`);
    await migrateUp(onDatabase(server.app, server.template));
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testServer", server);
  return stop;
}

interface Started {
  server: TestServer;
  stop: () => Promise<void>;
}

async function ownServer(): Promise<Started> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-test-"));
  const postgres = new EmbeddedPostgres({ dataDir, pgBinDir: process.env.PG_BIN_DIR ?? null });
  const app = { ...(await postgres.start()) };
  return {
    server: { admin: postgres.adminAccess(), app, owner: app.user, template: "gatehouse_test" },
    stop: async () => {
      await postgres.stop();
      fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function givenServer(connectionString: string): Promise<Started> {
  const admin = { connectionString };
  const client = new pg.Client(admin);
  await client.connect();
  const { rows } = await client.query<{ name: string }>("select quote_ident(current_user) as name");
  await client.end();
  const template = `gatehouse_test_${randomBytes(4).toString("hex")}`;
  return {
    server: { admin, app: admin, owner: rows[0]?.name ?? "current_user", template },
    stop: () => dropAll(admin, template),
  };
}

/** The template, and what a killed worker left of its copies. */
async function dropAll(admin: pg.ClientConfig, template: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [template],
    );
    for (const { datname } of rows) {
      await client.query(`drop database if exists ${datname} with (force)`);
    }
  } finally {
    await client.end();
  }
}
