import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Cluster } from "./cluster";
import { readIfThere } from "./cluster";
import { livePid } from "./server-process";
import { codeOf, trouble } from "./trouble";

/** PostgreSQL names its socket after a port number, also when it listens on no port. */
export const SOCKET = ".s.PGSQL.5432";
/** `sun_path` holds 107 bytes on Linux and 103 on macOS. */
const MAX_SOCKET_PATH = 103;

/** The socket directory of a server that we start: in the data directory where the path is short enough. */
export function ownSocketDir(root: string): string {
  const here = path.join(root, "postgres.sock");
  if (Buffer.byteLength(path.join(here, SOCKET)) <= MAX_SOCKET_PATH) return here;
  const tag = createHash("sha256").update(fs.realpathSync(root)).digest("hex").slice(0, 16);
  return path.join(os.tmpdir(), `gatehouse-${process.getuid?.() ?? ""}-${tag}`);
}

/** The socket directory to connect to. A running server knows best: TMPDIR may differ between processes. */
export function socketDir(cluster: Cluster): string {
  const told = livePid(cluster) ? readIfThere(path.join(cluster.data, "postmaster.pid")) : "";
  return told.split("\n")[4] || ownSocketDir(cluster.root);
}

/** Makes the socket directory, and refuses one that another user made in a shared temporary directory. */
export function prepareSocketDir({ root, account }: Pick<Cluster, "root" | "account">): void {
  const dir = ownSocketDir(root);
  try {
    fs.mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  let stat = fs.lstatSync(dir);
  // Made just now, by this process or another that has not come to this yet.
  if (account && stat.isDirectory() && stat.uid === process.getuid?.()) {
    fs.lchownSync(dir, account.uid, account.gid);
    stat = fs.lstatSync(dir);
  }
  const owner = account?.uid ?? process.getuid?.();
  const ours = owner === undefined || stat.uid === owner;
  if (stat.isDirectory() && (stat.mode & 0o077) === 0 && ours) return;
  throw trouble(
    `${dir} must be a directory of uid ${owner ?? "?"} with mode 0700, for PostgreSQL's socket.`,
    "Remove it; Gatehouse makes it again.",
  );
}
