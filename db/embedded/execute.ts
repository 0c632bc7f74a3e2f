import { spawn } from "node:child_process";
import path from "node:path";
import type { Cluster } from "./cluster";
import { codeOf, diskFull, trouble } from "./trouble";

/** The environment of PostgreSQL's programs. Not ours: that one holds secrets. */
export function serverEnv(): NodeJS.ProcessEnv {
  const passed = ["LD_PRELOAD", "NSS_WRAPPER_PASSWD", "NSS_WRAPPER_GROUP"].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  );
  return {
    ...Object.fromEntries(passed),
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LC_ALL: "C",
  } as unknown as NodeJS.ProcessEnv;
}

/** Why a program of PostgreSQL could not be started at all. */
export function cannotRun(cluster: Cluster, name: string, error: unknown) {
  const program = path.join(cluster.binDir, name);
  const uid = cluster.account?.uid ?? process.getuid?.();
  if (codeOf(error) === "EPERM") {
    return trouble(
      `Cannot run ${name} as uid ${uid}: no right to change to that user (CAP_SETUID, CAP_SETGID).`,
      "Start Gatehouse as an ordinary user, or set DATABASE_URL.",
      error,
    );
  }
  if (codeOf(error) === "ENOENT") {
    return trouble(
      `Cannot run ${name}: ${program} or its C library is missing.`,
      "The packaged binaries need glibc. On Alpine, install PostgreSQL and set PG_BIN_DIR, or set DATABASE_URL.",
      error,
    );
  }
  return trouble(
    `Cannot run ${program} as uid ${uid}: ${error instanceof Error ? error.message : "unknown"}.`,
    "Check that the file may be executed by that user, or set DATABASE_URL.",
    error,
  );
}

/**
 * Runs one of PostgreSQL's programs to its end and answers its standard output. `inherit` is a
 * descriptor that the child keeps open as number 3.
 */
export async function execute(
  cluster: Cluster,
  name: string,
  args: string[],
  inherit: number | "ignore" = "ignore",
): Promise<string> {
  const out = { stdout: "", stderr: "" };
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(path.join(cluster.binDir, name), args, {
      ...cluster.account,
      cwd: "/",
      env: serverEnv(),
      stdio: ["ignore", "pipe", "pipe", inherit],
    });
    child.once("close", resolve).once("error", reject);
    child.stdout?.on("data", (data: Buffer) => {
      out.stdout += data.toString();
    });
    child.stderr?.on("data", (data: Buffer) => {
      out.stderr += data.toString();
    });
  }).catch((error: unknown) => {
    throw cannotRun(cluster, name, error);
  });
  if (code === 0) return out.stdout;
  const words = (out.stderr || out.stdout).trim().slice(-600);
  if (/No space left on device|Disk quota exceeded/.test(words)) throw diskFull(cluster.root);
  throw trouble(
    `${name} failed (${code ?? "killed"}): ${words}`,
    "Put right what it names, or set DATABASE_URL to use your own PostgreSQL.",
  );
}

/** The major version of the binaries. */
export async function majorVersion(cluster: Cluster): Promise<number> {
  const words = await execute(cluster, "postgres", ["--version"]);
  return Number(/\d+/.exec(words)?.[0]);
}
