import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster";
import { readIfThere } from "./cluster";

const pidFile = (cluster: Cluster): string => path.join(cluster.data, "postmaster.pid");
const writtenPid = (cluster: Cluster): number =>
  Number(readIfThere(pidFile(cluster)).split("\n")[0]);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * The pid of the postmaster of this data directory, or 0. postmaster.pid may be stale and its pid in
 * use by something else, so on Linux the process must also work in the data directory.
 */
export function livePid(cluster: Cluster): number {
  const pid = writtenPid(cluster);
  if (!(pid > 1) || !isAlive(pid)) return 0;
  if (process.platform !== "linux") return pid;
  try {
    const [works, data] = [fs.statSync(`/proc/${pid}/cwd`), fs.statSync(cluster.data)];
    const zombie = /^State:\s+Z/m.test(readIfThere(`/proc/${pid}/status`));
    return works.ino === data.ino && works.dev === data.dev && !zombie ? pid : 0;
  } catch {
    return 0;
  }
}

/**
 * Removes a postmaster.pid whose pid an unrelated process has now, as is usual after a container's
 * restart: PostgreSQL would refuse to start for ever. Only with the lock in hand is it known stale.
 */
export function dropReusedPid(cluster: Cluster): void {
  const pid = writtenPid(cluster);
  if (pid > 1 && isAlive(pid) && !livePid(cluster)) fs.rmSync(pidFile(cluster), { force: true });
}

/** Stops the server: "fast" (roll back, checkpoint, exit), after 30 seconds "immediate" (WAL replay later). */
export async function shutDown(cluster: Cluster): Promise<void> {
  const pid = livePid(cluster);
  if (!pid) return;
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 1500 && livePid(cluster) === pid; i++) await sleep(20);
  if (livePid(cluster) === pid) process.kill(pid, "SIGQUIT");
}
