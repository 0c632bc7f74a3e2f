import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PracticeApplication } from "@/practice/application";
import type { PracticeProvider } from "@/practice/index";
import { makeDatabase } from "./database";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A running Gatehouse, started as a newcomer starts it: by `script/start --practice`. */
export interface Gatehouse {
  url: string;
  dataDir: string;
  logFile: string;
  /** Null with the embedded database. */
  databaseUrl: string | null;
  practice: PracticeProvider[];
  application: PracticeApplication;
  stop(): Promise<void>;
}

export interface Options {
  /** More settings, by environment variable; `{port}` stands for the port. */
  env?: Record<string, string>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** The environment of a plain shell: what a test or a developer has set must not leak in. */
function plainEnvironment(): Record<string, string | undefined> {
  const ours =
    /^(GATEHOUSE_|ADMIN_|PORT$|BIND_ADDRESS$|AUTH_DOMAIN$|DATA_DIR$|DATABASE_URL$|OUTBOUND_ALLOW$|TRUSTED_PROXIES$|NODE_ENV$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`Gatehouse did not start:\n${readFileSync(logFile, "utf8")}`);
    }
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`Gatehouse was not ready in time:\n${readFileSync(logFile, "utf8")}`);
}

/** Signals the whole process group, as Ctrl-C in a terminal does, and waits until it is gone. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGINT");
  const stopped = await Promise.race([gone.then(() => true), sleep(20_000, false)]);
  if (!stopped) process.kill(-child.pid, "SIGKILL");
}

export async function startGatehouse(name: string, { env = {} }: Options = {}): Promise<Gatehouse> {
  const dataDir = await mkdtemp(join(tmpdir(), `gatehouse ${name} `));
  const logFile = `${dataDir}.log`;
  const port = await freePort();
  const database = await makeDatabase();
  const practiceFile = `${dataDir}.practice.json`;
  const log = openSync(logFile, "a");
  const child = spawn(join(root, "script/start"), ["--practice", "--port", String(port)], {
    cwd: tmpdir(),
    detached: true,
    stdio: ["ignore", log, log],
    env: {
      ...(plainEnvironment() as NodeJS.ProcessEnv),
      DATA_DIR: dataDir,
      BIND_ADDRESS: "127.0.0.1",
      GATEHOUSE_PRACTICE: practiceFile,
      PRACTICE_PORT: "0",
      ...(database && { DATABASE_URL: database.url }),
      ...Object.fromEntries(
        Object.entries(env).map(([key, value]) => [key, value.replaceAll("{port}", String(port))]),
      ),
    },
  });
  const url = `http://localhost:${port}`;
  const stop = async () => {
    await stopGroup(child);
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
    await rm(practiceFile, { force: true });
  };
  try {
    await untilReady(url, child, logFile);
    const { providers: practice, application } = JSON.parse(readFileSync(practiceFile, "utf8"));
    const databaseUrl = database?.url ?? null;
    return { url, dataDir, logFile, databaseUrl, practice, application, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
