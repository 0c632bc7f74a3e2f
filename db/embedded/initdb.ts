import fs from "node:fs";
import path from "node:path";
import type { Cluster } from "./cluster";
import { execute } from "./execute";

const PREFIX = "postgres.init-";

/**
 * Makes the database directory under a temporary name and renames it when it is complete: a kill in
 * the middle leaves nothing half made. initdb inherits the lock, so the next start waits for an
 * orphaned one before it removes what that left.
 */
export async function initialise(
  cluster: Cluster,
  version: number,
  password: string,
  lock: number,
): Promise<void> {
  const { root, data, account } = cluster;
  for (const name of fs.readdirSync(root)) {
    if (!name.startsWith(PREFIX)) continue;
    fs.rmSync(path.join(root, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const half = fs.mkdtempSync(path.join(root, PREFIX));
  const passwordFile = `${half}.pw`;
  try {
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) {
      for (const file of [half, passwordFile]) fs.chownSync(file, account.uid, account.gid);
    }
    await execute(cluster, "initdb", argumentsFor(half, passwordFile, version), lock);
  } catch (error) {
    fs.rmSync(half, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(half, data);
  const dir = fs.openSync(root, "r");
  fs.fsyncSync(dir);
  fs.closeSync(dir);
}

// The built-in locale provider sorts the same on every libc and ICU, so no index breaks when those change.
const argumentsFor = (dir: string, passwordFile: string, version: number): string[] => [
  "-D",
  dir,
  "-U",
  "postgres",
  `--pwfile=${passwordFile}`,
  "--auth-local=scram-sha-256",
  "--auth-host=reject",
  "--data-checksums",
  "--encoding=UTF8",
  ...(version >= 17
    ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    : ["--locale=C.UTF-8"]),
];
