import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

type Environment = Record<string, string | undefined>;

/** A process under measurement, and how long it took from spawn to its first good answer. */
export interface Measured {
  url: string;
  pid: number;
  readyAfterMs: number;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function measure(
  args: string[],
  port: number,
  path: string,
  env: Environment,
): Promise<Measured> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, args, {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}`;
  while (!(await fetch(url + path).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error(`${args.join(" ")} ended with ${child.exitCode}`);
    await sleep(5);
  }
  const readyAfterMs = performance.now() - began;
  const stop = async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  };
  return { url, pid: child.pid ?? 0, readyAfterMs, stop };
}

/** The built server, or the gate alone, on a data directory of the caller's. */
export async function startBuilt(
  dataDir: string,
  env: Environment = {},
  program: "server" | "gate" = "server",
): Promise<Measured> {
  const port = Number(env.PORT ?? (await freePort()));
  const { DATABASE_URL: _, ...rest } = process.env;
  return measure([join(process.cwd(), `dist/${program}.mjs`)], port, "/readyz", {
    ...rest,
    NODE_ENV: "production",
    LOG_LEVEL: "warn",
    PORT: String(port),
    DATA_DIR: dataDir,
    ...env,
  });
}

/** The reference: a bare node:http server that answers JSON. */
export async function startBare(): Promise<Measured & { port: number }> {
  const port = await freePort();
  const program = `require("node:http").createServer((q, s) => s.setHeader("content-type", "application/json").end('{"ok":true}')).listen(${port})`;
  return { port, ...(await measure(["-e", program], port, "/", process.env)) };
}

/** Processor time of one process so far, to 10 ms (Linux counts 100 ticks a second); NaN without a process. */
export function cpuSeconds(pid: number): number {
  if (pid === 0) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of one process in MB; its children (PostgreSQL) are not counted. */
export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}

/** Processor time of one process so far, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const TICK_MS = 10;
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
