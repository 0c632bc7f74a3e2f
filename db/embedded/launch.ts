import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { logTail, readIfThere } from "./cluster";
import { cannotRun, majorVersion, serverEnv } from "./execute";
import { initialise } from "./initdb";
import { dropReusedPid, livePid } from "./server-process";
import { ownSocketDir, SOCKET, socketDir } from "./socket";
import { diskFull, trouble } from "./trouble";

const MAX_LOG_BYTES = 10_000_000;

/**
 * Starts the server, after initdb where there is none yet. Answers null when its process runs (it
 * may still recover), or why it ended. The server is detached and outlives this process.
 */
export async function launch(cluster: Cluster, adminPassword: string): Promise<string | null> {
  const lock = fs.openSync(cluster.lockFile, "a", 0o600);
  try {
    // flock(1) on OUR descriptor: the lock lives as long as any process that inherited it (postgres
    // and its backends), over container borders too, where PostgreSQL's own lock does not work.
    // macOS has no flock(1): there PostgreSQL's own lock is all.
    const flock = spawnSync("flock", ["-n", "3"], {
      stdio: ["ignore", "ignore", "ignore", lock],
    }).status;
    if (flock === 1) return "lock file in use";
    if (flock === 0) dropReusedPid(cluster);
    const version = await majorVersion(cluster);
    if (!fs.existsSync(cluster.data)) await initialise(cluster, version, adminPassword, lock);
    refuseOtherMajor(cluster, version);
    return await spawnServer(cluster, version, lock);
  } finally {
    fs.closeSync(lock);
  }
}

function refuseOtherMajor(cluster: Cluster, ours: number): void {
  const major = readIfThere(path.join(cluster.data, "PG_VERSION")).trim();
  if (Number(major) === ours) return;
  throw trouble(
    `${cluster.data} belongs to PostgreSQL ${major || "(unknown)"}, and the binaries are PostgreSQL ${ours}.`,
    major
      ? `Set PG_BIN_DIR to the binaries of PostgreSQL ${major}, or upgrade the directory with pg_upgrade first.`
      : "Its PG_VERSION is missing: restore the directory from a backup, or move it away to start afresh.",
  );
}

async function spawnServer(cluster: Cluster, version: number, lock: number) {
  if (fs.existsSync(cluster.logFile) && fs.statSync(cluster.logFile).size > MAX_LOG_BYTES) {
    fs.renameSync(cluster.logFile, `${cluster.logFile}.1`);
  }
  const output = fs.openSync(cluster.logFile, "a", 0o600);
  const settings = Object.entries(settingsFor(cluster, version));
  const child = (() => {
    try {
      // Its own session, so that Ctrl-C does not reach it; a file for its log, since a pipe dies with us.
      return spawn(
        path.join(cluster.binDir, "postgres"),
        ["-D", cluster.data, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
        {
          ...cluster.account,
          cwd: "/",
          detached: true,
          env: serverEnv(),
          stdio: ["ignore", output, output, lock],
        },
      );
    } catch (error) {
      throw cannotRun(cluster, "postgres", error);
    } finally {
      fs.closeSync(output);
    }
  })();
  child.unref();
  const end: { reason?: string; error?: unknown } = {};
  child.once("error", (error) => {
    end.error = error;
  });
  child.once("exit", (code, signal) => {
    end.reason = `exit ${signal ?? code}: ${logTail(cluster)}`;
  });
  for (let i = 0; i < 100; i++) {
    await sleep(20);
    if (end.error) throw cannotRun(cluster, "postgres", end.error);
    if (end.reason && /No space left on device/.test(end.reason)) throw diskFull(cluster.root);
    if (end.reason) return end.reason;
    const listens = fs.existsSync(path.join(socketDir(cluster), SOCKET));
    if (listens && livePid(cluster) === child.pid) return null;
  }
  return null;
}

function settingsFor(cluster: Cluster, version: number): Record<string, string> {
  return {
    listen_addresses: "",
    unix_socket_directories: ownSocketDir(cluster.root),
    unix_socket_permissions: "0700",
    port: "5432",
    // Durability: the safe values, pinned.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    data_sync_retry: "off",
    // A small footprint; huge pages are a known bus error in Kubernetes, and Docker's /dev/shm has 64 MB.
    shared_buffers: "32MB",
    max_connections: "50",
    huge_pages: "off",
    jit: "off",
    max_parallel_workers: "0",
    ...(version >= 18 && { io_method: "sync" }),
    log_checkpoints: "off",
    // Statements and key values stay out of the log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
  };
}
