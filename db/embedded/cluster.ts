import fs from "node:fs";
import path from "node:path";
import type { Account } from "@/lib/kit/service-account";

/** Where everything of one embedded server lies, and who runs it. */
export interface Cluster {
  root: string;
  /** PostgreSQL's own directory. */
  data: string;
  logFile: string;
  lockFile: string;
  passwordFile: string;
  /** Who PostgreSQL runs as; null means as we do. */
  account: Account | null;
  binDir: string;
}

/** The paths of the embedded server in a data directory. */
export function layoutOf(dataDir: string): Omit<Cluster, "account" | "binDir"> {
  const root = path.resolve(dataDir);
  return {
    root,
    data: path.join(root, "postgres"),
    logFile: path.join(root, "postgres.log"),
    lockFile: path.join(root, "postgres.lock"),
    passwordFile: path.join(root, "postgres.secret.json"),
  };
}

/** The text of a file, or nothing when it is not there (any more). */
export function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

/** The last words of the server, for an error. Statements and values are kept out of this log. */
export const logTail = (cluster: Cluster): string =>
  readIfThere(cluster.logFile).slice(-800).trim();
