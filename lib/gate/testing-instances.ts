import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { databaseState } from "@/db/client";
import { projectRoot } from "@/db/project-root";
import { freePort } from "./real-proxies/testing-launch";

export interface Answered {
  /** 0 where the connection broke before an answer. */
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `gate.ts` as a process of its own, on the test file's database. */
export interface Instance {
  port: number;
  child: ChildProcess;
  /** What it wrote to standard output and standard error. */
  log(): string;
  /** As Caddy asks: path and query of the browser's request to `host`. */
  ask(host: string, uri: string, headers?: Record<string, string>): Promise<Answered>;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  residentMb(): number;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** The database of the test file, as a process is told of it. */
async function databaseUrl(): Promise<string> {
  const open = await databaseState().open;
  if (!open) throw new Error("no database");
  const { connectionString, host, port, user, password, database } = open.config;
  if (connectionString) return connectionString;
  const query = new URLSearchParams({ host: String(host), port: String(port ?? 5432) });
  const who = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password))}`;
  return `postgres://${who}@localhost/${database}?${query}`;
}

function call(
  agent: Agent,
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<Answered> {
  return new Promise((resolve) => {
    const broken = () => resolve({ status: 0, headers: {}, body: "" });
    const asked = request({ agent, port, path, headers, host: "127.0.0.1" }, async (res) => {
      const body = await res.toArray().catch(() => []);
      const { statusCode: status = 0, headers: got } = res;
      resolve({ status, headers: got, body: Buffer.concat(body as Buffer[]).toString() });
    });
    asked.on("error", broken);
    asked.end();
  });
}

/** One bundle of `gate.ts` for all that a test file starts: it is there in a second, and starts in less. */
export async function bundleGate(): Promise<{ file: string; remove(): void }> {
  // Packages are found from there.
  const cache = join(projectRoot(), "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const dir = mkdtempSync(join(cache, "gate-"));
  const file = join(dir, "gate.mjs");
  await build({
    ...{ absWorkingDir: projectRoot(), entryPoints: ["gate.ts"], outfile: file, bundle: true },
    ...{ platform: "node", format: "esm", target: "node20", packages: "external" },
    logLevel: "warning",
  });
  return { file, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export async function startInstance(
  file: string,
  env: Record<string, string> = {},
): Promise<Instance> {
  const port = await freePort();
  // Where `server-only` does not throw.
  const args = ["--conditions=react-server", file];
  const child = spawn(process.execPath, args, {
    cwd: projectRoot(),
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", LOG_LEVEL: "info", BIND_ADDRESS: "127.0.0.1" },
      ...{ PORT: String(port), DATABASE_URL: await databaseUrl(), ...env },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const get: Instance["get"] = (path, headers = {}) => call(agent, port, path, headers);
  for (let attempt = 0; (await get("/readyz")).status !== 200; attempt += 1) {
    if (child.exitCode !== null || attempt > 600) throw new Error(`no gate: ${said.slice(-2000)}`);
    await sleep(50);
  }
  return {
    port,
    child,
    log: () => said,
    get,
    ask: (host, uri, headers = {}) =>
      get("/forward-auth/caddy", {
        accept: "text/html",
        "x-forwarded-for": "198.51.100.7",
        "x-forwarded-host": host,
        "x-forwarded-method": "GET",
        "x-forwarded-proto": "http",
        "x-forwarded-uri": uri,
        ...headers,
      }),
    residentMb() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    kill: (signal) =>
      new Promise((resolve) => {
        agent.destroy();
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill(signal);
      }),
  };
}
