import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, type Running } from "@/lib/gate/real-proxies/testing-launch";
import { gateLogFile, stage } from "./stage";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** `gate.ts` as a process of its own beside the stage's Gatehouse, on the same database. */
export async function startDataPlane(): Promise<Running> {
  const { url, dataDir, databaseUrl } = stage();
  const port = await freePort();
  const log = openSync(gateLogFile(), "a");
  const child = spawn("node", [join(root, "dist/gate.mjs")], {
    stdio: ["ignore", log, log],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: String(port),
      BIND_ADDRESS: "127.0.0.1",
      GATEHOUSE_URL: url,
      DATA_DIR: dataDir,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
  });
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) break;
    await sleep(200);
  }
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

/** An application behind the gate, which shows what it was told. */
export async function startApplication(): Promise<Running> {
  const server = createServer((req, res) => {
    const told = JSON.stringify({ url: req.url, headers: req.headers });
    res.writeHead(200, { "content-type": "text/html", "cache-control": "no-store" });
    res.end(
      `<!doctype html><title>Echo</title><h1>Echo</h1><pre>${told.replace(/</g, "&lt;")}</pre>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
