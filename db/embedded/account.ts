import fs from "node:fs";
import os from "node:os";
import type { Account } from "@/lib/kit/service-account";
import { mayPass, serviceAccount } from "@/lib/kit/service-account";
import { trouble } from "./trouble";

/**
 * Who PostgreSQL runs as: ourselves (null); for root the owner of the existing data, else `postgres`,
 * else `nobody`. Throws where initdb would refuse to run.
 */
export function accountFor(data: string): Account | null {
  if (process.getuid?.() !== 0) {
    if (!fs.existsSync(data)) refuseNameless();
    return null;
  }
  const owner = fs.existsSync(data) ? fs.statSync(data) : null;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = serviceAccount();
  if (account) return account;
  throw trouble(
    'PostgreSQL does not run as root, and /etc/passwd has no "postgres" or "nobody" to run it as.',
    "Start Gatehouse as an ordinary user, or set DATABASE_URL.",
  );
}

function refuseNameless(): void {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  try {
    os.userInfo();
  } catch (cause) {
    throw trouble(
      `uid ${uid} has no name in /etc/passwd, and initdb refuses to run without one.`,
      `Add a line for it (Dockerfile: RUN useradd -u ${uid} gatehouse), preload libnss_wrapper.so, or set DATABASE_URL.`,
      cause,
    );
  }
}

/** Lets the account pass through the data directory (not list it); what is in it stays ours. */
export function letPass(root: string, account: Account): void {
  const stat = fs.statSync(root);
  if (mayPass(stat, account)) return;
  fs.chownSync(root, stat.uid, account.gid);
  fs.chmodSync(root, 0o710);
}
