import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { log } from "@/lib/kit/log";
import { barrierOnTheWay } from "@/lib/kit/service-account";
import { accountFor, letPass } from "./account";
import { binariesFor } from "./binaries";
import type { Cluster } from "./cluster";
import { layoutOf, logTail } from "./cluster";
import { launch } from "./launch";
import type { Access } from "./lease";
import { application, attach, isLast, superuser } from "./lease";
import type { Passwords } from "./passwords";
import { readPasswords } from "./passwords";
import { livePid, shutDown } from "./server-process";
import { prepareSocketDir, socketDir } from "./socket";
import { explainFileError, trouble } from "./trouble";

export interface SupervisorOptions {
  dataDir: string;
  pgBinDir?: string | null;
  startTimeoutMs?: number;
}

/** Failures that pass by themselves: another process starts or stops the same server. */
const PASSING = /lock|in use|already exists|starting up/;

/**
 * Runs a real PostgreSQL in a data directory. Several processes share one server: each holds a lease,
 * and the last one out stops it. It survives a kill of this process, and is started again when it is
 * killed itself. Unix socket only, never as root.
 */
export class EmbeddedPostgres {
  readonly #layout: ReturnType<typeof layoutOf>;
  readonly #pgBinDir: string | null;
  readonly #startTimeoutMs: number;
  #ready: { cluster: Cluster; passwords: Passwords } | null = null;
  #lease: pg.Client | null = null;
  #starting: Promise<Access> | null = null;
  #stopping = false;

  constructor({ dataDir, pgBinDir = null, startTimeoutMs = 60_000 }: SupervisorOptions) {
    this.#layout = layoutOf(dataDir);
    this.#pgBinDir = pgBinDir;
    this.#startTimeoutMs = startTimeoutMs;
  }

  /** Starts or attaches, and answers what to give to a pool. Returns at once while the lease is held. */
  start(): Promise<Access> {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  /** For the tests, which make databases. Only after `start`. */
  adminAccess(database?: string): Access {
    if (!this.#ready) throw new Error("adminAccess before start");
    return superuser(socketDir(this.#ready.cluster), this.#ready.passwords, database);
  }

  /** Gives the server up; `shared` when another process still uses it, which leaves it running. */
  async stop(): Promise<"stopped" | "shared"> {
    this.#stopping = true;
    await this.#starting?.catch(() => undefined);
    const lease = this.#lease;
    this.#lease = null;
    if (!lease || !this.#ready) return "stopped";
    // With the exclusive lock held, a process that attaches now waits for its lease, is disconnected
    // by the shutdown, and starts the server again: there is no window in which it is cut off in use.
    const last = await isLast(lease);
    if (last) await shutDown(this.#ready.cluster);
    await lease.end().catch(() => undefined);
    return last ? "stopped" : "shared";
  }

  async #start(): Promise<Access> {
    this.#stopping = false;
    if (!this.#lease) this.#ready = this.#prepare();
    const { cluster, passwords } = this.#ready ?? this.#prepare();
    if (this.#lease) return application(socketDir(cluster), passwords);
    for (const end = Date.now() + this.#startTimeoutMs; ; await sleep(50)) {
      const attached = await attach(socketDir(cluster), passwords, cluster, this.#lost);
      if (typeof attached === "object") {
        this.#lease = attached;
        return application(socketDir(cluster), passwords);
      }
      const idle = attached === "down" && !livePid(cluster);
      const failure = idle ? await launchIn(cluster, passwords) : null;
      if (failure && !PASSING.test(failure)) {
        throw trouble(
          `The embedded PostgreSQL did not start: ${failure}`,
          `Put right what it names (its log is ${cluster.logFile}), or set DATABASE_URL.`,
        );
      }
      if (Date.now() > end) throw tooLate(cluster, failure ?? attached, this.#startTimeoutMs);
    }
  }

  #prepare(): { cluster: Cluster; passwords: Passwords } {
    const { root, data, passwordFile } = this.#layout;
    if (process.platform === "win32") {
      throw trouble(
        "The embedded PostgreSQL does not run on Windows.",
        "Set DATABASE_URL to a PostgreSQL of your own, or run Gatehouse in WSL or a container.",
      );
    }
    try {
      fs.mkdirSync(root, { recursive: true, mode: 0o700 });
      fs.accessSync(root, fs.constants.W_OK | fs.constants.X_OK);
      const account = accountFor(data);
      if (account) {
        letPass(root, account);
        const barrier = barrierOnTheWay(root, account);
        if (barrier) throw notReachable(root, barrier, account.uid);
      }
      const binDir = binariesFor(this.#pgBinDir, root, account);
      const passwords = readPasswords(passwordFile);
      prepareSocketDir({ root, account });
      return { cluster: { ...this.#layout, account, binDir }, passwords };
    } catch (error) {
      throw explainFileError(error, root);
    }
  }

  /** The lease broke although nobody asked for it: the postmaster was killed, or a backend crashed. */
  readonly #lost = (lease: pg.Client): void => {
    if (this.#lease !== lease) return;
    this.#lease = null;
    void this.#recover();
  };

  async #recover(): Promise<void> {
    for (let wait = 100; !this.#stopping && !this.#lease; wait = Math.min(wait * 2, 10_000)) {
      log.warn("the embedded PostgreSQL went away; starting it again");
      try {
        await this.start();
        log.info("the embedded PostgreSQL is back");
        return;
      } catch (err) {
        log.error({ err }, "the embedded PostgreSQL could not be started again");
        await sleep(wait);
      }
    }
  }
}

async function launchIn(cluster: Cluster, passwords: Passwords): Promise<string | null> {
  try {
    return await launch(cluster, passwords.admin);
  } catch (error) {
    throw explainFileError(error, cluster.root);
  }
}

const notReachable = (root: string, barrier: string, uid: number) =>
  trouble(
    `PostgreSQL runs as uid ${uid} and cannot enter ${barrier}, which is on the way to ${root}.`,
    `Set DATA_DIR to a directory outside it, allow it (chmod o+x ${barrier}), or start Gatehouse as an ordinary user.`,
  );

const tooLate = (cluster: Cluster, state: string, afterMs: number) =>
  trouble(
    `The embedded PostgreSQL is not ready after ${afterMs / 1000} seconds (${state}).`,
    `See ${path.resolve(cluster.logFile)}, which ends with: ${logTail(cluster).slice(-300)}`,
  );
