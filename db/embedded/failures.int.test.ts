import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serviceAccount } from "@/lib/kit/service-account";
import { EmbeddedPostgres } from "./supervisor";
import { codeOf, explainFileError } from "./trouble";

const isRoot = process.getuid?.() === 0;
const NAMELESS = 54_321;

let parent = "";
let dir = "";
beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-fail-"));
  fs.chmodSync(parent, 0o755);
  dir = path.join(parent, "data");
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
});

const start = (pgBinDir: string | null = null) =>
  new EmbeddedPostgres({ dataDir: dir, pgBinDir, startTimeoutMs: 15_000 }).start();

/** A start that works, and leaves the files of a stopped server. */
async function startAndStop(): Promise<void> {
  const server = new EmbeddedPostgres({ dataDir: dir });
  await server.start();
  await server.stop();
}

const refused = (message: string | RegExp, fix: RegExp) => ({
  code: "unavailable",
  message: typeof message === "string" ? message : expect.stringMatching(message),
  fix: expect.stringMatching(fix),
});

/** What a Gatehouse says that runs as another user. Only root can try. */
function startAs(uid: number): string {
  const { stdout } = spawnSync(
    process.execPath,
    ["--import", "tsx", path.resolve("db/embedded/testing-writer.ts"), dir],
    { uid, gid: uid, encoding: "utf8", timeout: 20_000 },
  );
  return stdout;
}

describe.runIf(isRoot)("another user", () => {
  const nobody = serviceAccount(["nobody"])?.uid ?? 65_534;

  test("who may not make the data directory is told which one, and what to do", () => {
    expect(startAs(nobody)).toBe(
      `failed: The data directory ${dir} cannot be used: no permission for ${dir}. ` +
        `Give ${dir} to the user that runs Gatehouse (uid ${nobody}), set DATA_DIR to a directory ` +
        "that can be written, or DATABASE_URL to use your own PostgreSQL.\n",
    );
  });

  test("who may not write in the data directory is told so", () => {
    fs.mkdirSync(dir, { mode: 0o755 });
    expect(startAs(nobody)).toContain(
      `The data directory ${dir} cannot be used: no permission for ${dir}.`,
    );
  });

  test("who has no name is told how to get one, before initdb fails", () => {
    fs.mkdirSync(dir);
    fs.chownSync(dir, NAMELESS, NAMELESS);
    expect(startAs(NAMELESS)).toContain(
      `failed: uid ${NAMELESS} has no name in /etc/passwd, and initdb refuses to run without one. Add a line`,
    );
  });

  test("root is told which directory PostgreSQL's user cannot enter", async () => {
    fs.chmodSync(parent, 0o700);
    await expect(start()).rejects.toMatchObject(
      refused(
        /^PostgreSQL runs as uid \d+ and cannot enter \/\S+, which is on the way to /,
        /chmod o\+x/,
      ),
    );
  });
});

test("a file in place of the data directory is named", async () => {
  fs.writeFileSync(dir, "");
  await expect(start()).rejects.toMatchObject(
    refused(
      `The data directory ${dir} cannot be used: ${dir} is in its way and is not a directory.`,
      /Move it away/,
    ),
  );
});

test("binaries that are not there are named", async () => {
  await expect(start(parent)).rejects.toMatchObject(
    refused(`PG_BIN_DIR is ${parent}, which has no postgres.`, /server programs/),
  );
  vi.stubEnv("GATEHOUSE_ROOT", parent);
  await expect(start()).rejects.toMatchObject(
    refused(/^There are no PostgreSQL binaries for \w+-\w+\.$/, /set PG_BIN_DIR .* DATABASE_URL/),
  );
});

test("binaries that cannot run here are named", async () => {
  for (const name of ["postgres", "initdb"]) {
    fs.writeFileSync(path.join(parent, name), "#!/no/such/interpreter\n", { mode: 0o755 });
  }
  await expect(start(parent)).rejects.toMatchObject(
    refused(/^Cannot run postgres: \S+ or its C library is missing\.$/, /glibc.*Alpine/),
  );
});

test("a directory of another major version is not touched", async () => {
  await startAndStop();
  const file = path.join(dir, "postgres", "PG_VERSION");
  fs.writeFileSync(file, "12\n");
  await expect(start()).rejects.toMatchObject(
    refused(
      /belongs to PostgreSQL 12, and the binaries are PostgreSQL \d+\.$/,
      /^Set PG_BIN_DIR to the binaries of PostgreSQL 12, or upgrade/,
    ),
  );
  expect(fs.readFileSync(file, "utf8")).toBe("12\n");
});

test("a directory without its passwords is told from a damaged one", async () => {
  await startAndStop();
  const file = path.join(dir, "postgres.secret.json");
  fs.writeFileSync(file, "{");
  await expect(start()).rejects.toMatchObject(
    refused(`${file} does not hold the passwords of the embedded database.`, /backup/),
  );
  fs.writeFileSync(file, JSON.stringify({ admin: "other", app: "other" }));
  const server = new EmbeddedPostgres({ dataDir: dir });
  await expect(server.start()).rejects.toMatchObject(
    refused(`The password in ${file} does not fit the database in ${dir}/postgres.`, /same backup/),
  );
  const pid = Number(
    fs.readFileSync(path.join(dir, "postgres", "postmaster.pid"), "utf8").split("\n")[0],
  );
  process.kill(pid, "SIGINT");
  await vi.waitUntil(() => !fs.existsSync(path.join(dir, "postgres", "postmaster.pid")), 10_000);
});

test("a server that ends at once is quoted", async () => {
  await startAndStop();
  fs.appendFileSync(path.join(dir, "postgres", "postgresql.conf"), "\nno_such_setting = 1\n");
  await expect(start()).rejects.toMatchObject(
    refused(/^The embedded PostgreSQL did not start: exit 1: .*no_such_setting/s, /postgres\.log/),
  );
});

test("a socket directory that someone else may enter is refused", async () => {
  fs.mkdirSync(dir);
  fs.mkdirSync(path.join(dir, "postgres.sock"));
  fs.chmodSync(path.join(dir, "postgres.sock"), 0o777);
  await expect(start()).rejects.toMatchObject(
    refused(/postgres\.sock must be a directory of uid \d+ with mode 0700/, /Remove it/),
  );
});

test.runIf(isRoot)("a disk that is too small says so and is left tidy", async ({ skip }) => {
  fs.mkdirSync(dir);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", dir]).status === 0;
  skip(!mounted, "no right to mount a small disk here");
  try {
    await expect(start()).rejects.toMatchObject(
      refused(`The disk that holds ${dir} is full.`, /^Free some space/),
    );
    expect(fs.readdirSync(dir).filter((name) => name.startsWith("postgres.init-"))).toEqual([]);
  } finally {
    spawnSync("umount", [dir]);
  }
});

test.each([
  ["EROFS", /^The data directory \/d cannot be used: \/d\/x is on a read-only file system\.$/],
  ["ENOSPC", /^The disk that holds \/d is full\.$/],
  ["EDQUOT", /^The disk that holds \/d is full\.$/],
  ["EPERM", /without the right to give \/d\/x to PostgreSQL's account/],
])("a system call that fails by %s is put into words", (code, message) => {
  const error = Object.assign(new Error(`${code}: …`), { code, path: "/d/x" });
  expect(explainFileError(error, "/d")).toMatchObject(refused(message, /./));
});

test("an error that is not about files passes as it is", () => {
  const error = new TypeError("bug");
  expect(explainFileError(error, "/d")).toBe(error);
  expect(codeOf(error)).toBe("");
});
