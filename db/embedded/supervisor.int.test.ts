import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EmbeddedPostgres } from "./supervisor";

const DEBIAN_BINARIES = "/usr/lib/postgresql/15/bin";

let dir = "";
const writers = new Set<Writer>();
const supervisors = new Set<EmbeddedPostgres>();

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-pg-"));
});

afterEach(async () => {
  for (const writer of writers) if (writer.child.exitCode === null) writer.child.kill("SIGKILL");
  for (const supervisor of supervisors) await supervisor.stop();
  const pid = serverPid();
  if (pid && isAlive(pid)) process.kill(pid, "SIGQUIT");
  await vi.waitUntil(() => !pid || !isAlive(pid), { timeout: 10_000 });
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  writers.clear();
  supervisors.clear();
});

/** Whether a process runs; one that ended and that nobody has collected yet does not. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== "linux" ||
      !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"))
    );
  } catch {
    return false;
  }
};

function serverPid(): number {
  const file = path.join(dir, "postgres", "postmaster.pid");
  return fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8").split("\n")[0]) : 0;
}

type Writer = ReturnType<typeof startWriter>;

/** Another Gatehouse on the same data directory (testing-writer.ts). */
function startWriter(env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.resolve("db/embedded/testing-writer.ts"), dir],
    { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const writer = {
    child,
    lines,
    acked: () => lines.flatMap((line) => (line.startsWith("ack ") ? [line.slice(4)] : [])),
    until: (count: number) =>
      vi.waitUntil(() => writer.acked().length >= count, { timeout: 20_000, interval: 10 }),
    async end(signal: NodeJS.Signals) {
      const closed = once(child, "close");
      child.kill(signal);
      await closed;
      return lines.at(-1);
    },
  };
  writers.add(writer);
  return writer;
}

function supervise(pgBinDir: string | null = null): EmbeddedPostgres {
  const supervisor = new EmbeddedPostgres({ dataDir: dir, pgBinDir });
  supervisors.add(supervisor);
  return supervisor;
}

/** What a fresh start finds in the database. */
async function storedKeys(pgBinDir: string | null = null): Promise<Set<string>> {
  const supervisor = supervise(pgBinDir);
  const client = new pg.Client(await supervisor.start());
  await client.connect();
  const { rows } = await client.query<{ key: string }>("select key from sign_in_throttle");
  await client.end();
  await supervisor.stop();
  return new Set(rows.map(({ key }) => key));
}

const lost = (writer: Writer, stored: Set<string>) =>
  writer.acked().filter((key) => !stored.has(key));

describe("life cycle", () => {
  test("the server listens on no port, keeps its files to itself, and is not run by root", async () => {
    const access = await supervise().start();
    const client = new pg.Client(access);
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
              current_setting('data_checksums') as checksums, usesuper
       from pg_user where usename = current_user`,
    );
    await client.end();
    expect(rows).toEqual([{ addresses: "", fsync: "on", checksums: "on", usesuper: false }]);
    expect(fs.statSync(path.join(dir, "postgres.secret.json")).mode & 0o777).toBe(0o600);
    expect(fs.statSync(access.host).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(dir, "postgres")).uid).not.toBe(0);
  });

  test("two processes share one server, and the last one out stops it", async () => {
    const first = supervise();
    await first.start();
    const pid = serverPid();
    const second = startWriter();
    await second.until(5);
    expect(serverPid()).toBe(pid);
    expect(await first.stop()).toBe("shared");
    expect(isAlive(pid)).toBe(true);
    const before = second.acked().length;
    await second.until(before + 5);
    expect(second.lines).not.toContain("refused");
    expect(await second.end("SIGTERM")).toBe("stopped");
    expect(isAlive(pid)).toBe(false);
  });

  test("processes that start at once on an empty directory make one database", async () => {
    const started = Array.from({ length: 6 }, () => startWriter());
    await Promise.all(started.map((writer) => writer.until(1)));
    const pid = serverPid();
    const ends = await Promise.all(started.map((writer) => writer.end("SIGTERM")));
    expect(ends.toSorted()).toEqual([...Array(5).fill("shared"), "stopped"]);
    expect(isAlive(pid)).toBe(false);
    const stored = await storedKeys();
    expect(started.flatMap((writer) => lost(writer, stored))).toEqual([]);
  });

  test("a second start returns the same server, and a stop without a start does nothing", async () => {
    const supervisor = supervise();
    const [a, b] = await Promise.all([supervisor.start(), supervisor.start()]);
    expect(b).toEqual(a);
    expect(await supervisor.stop()).toBe("stopped");
    expect(await supervisor.stop()).toBe("stopped");
  });
});

describe("nothing acknowledged is lost", () => {
  test("when Gatehouse is killed: the server lives on, and the next start attaches to it", async () => {
    for (let round = 0; round < 2; round++) {
      const writer = startWriter();
      await writer.until(50);
      const pid = serverPid();
      await writer.end("SIGKILL");
      expect(isAlive(pid)).toBe(true);
      const supervisor = supervise();
      await supervisor.start();
      expect(serverPid()).toBe(pid);
      expect(lost(writer, await storedKeys())).toEqual([]);
      expect(await supervisor.stop()).toBe("stopped");
    }
  });

  test("when Gatehouse and its server are killed together", async () => {
    for (let round = 0; round < 2; round++) {
      const writer = startWriter();
      await writer.until(50);
      process.kill(serverPid(), "SIGKILL");
      await writer.end("SIGKILL");
      expect(lost(writer, await storedKeys())).toEqual([]);
    }
  });

  test("when the server is killed: Gatehouse starts it again and goes on writing", async () => {
    const writer = startWriter();
    for (let round = 0; round < 3; round++) {
      await writer.until(writer.acked().length + 50);
      const pid = serverPid();
      process.kill(pid, "SIGKILL");
      await vi.waitUntil(() => ![0, pid].includes(serverPid()), { timeout: 10_000 });
      await writer.until(writer.acked().length + 50);
    }
    expect(await writer.end("SIGTERM")).toBe("stopped");
    expect(lost(writer, await storedKeys())).toEqual([]);
  });

  test("when the first start is killed half way: the next one cleans up and starts afresh", async () => {
    const writer = startWriter();
    await vi.waitUntil(
      () => fs.readdirSync(dir).some((name) => name.startsWith("postgres.init-")),
      {
        timeout: 20_000,
        interval: 5,
      },
    );
    await writer.end("SIGKILL");
    await supervise().start();
    expect(fs.readdirSync(dir).filter((name) => name.startsWith("postgres.init-"))).toEqual([]);
    expect(serverPid()).toBeGreaterThan(1);
  });
});

test("a stale pid that another process has now does not keep the server from starting", async () => {
  const supervisor = supervise();
  await supervisor.start();
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  await supervisor.stop();
  await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
  const file = path.join(dir, "postgres", "postmaster.pid");
  const stale = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : `${pid}\n${dir}/postgres\n`;
  fs.writeFileSync(file, stale.replace(/^\d+/, String(process.pid)));
  await supervise().start();
  expect(serverPid()).not.toBe(process.pid);
});

test("a path too long for a socket moves the socket to the temporary directory", async () => {
  const long = path.join(dir, "d".repeat(120));
  fs.chmodSync(dir, 0o755);
  const supervisor = new EmbeddedPostgres({ dataDir: long });
  const { host } = await supervisor.start();
  expect(host.startsWith(os.tmpdir())).toBe(true);
  expect(fs.statSync(host).mode & 0o777).toBe(0o700);
  expect(await supervisor.stop()).toBe("stopped");
  fs.rmSync(host, { recursive: true, force: true });
});

describe.runIf(fs.existsSync(DEBIAN_BINARIES))("an installed PostgreSQL, by PG_BIN_DIR", () => {
  test("runs, migrates and keeps what was written", async () => {
    const writer = startWriter({ PG_BIN_DIR: DEBIAN_BINARIES });
    await writer.until(50);
    process.kill(serverPid(), "SIGKILL");
    await writer.end("SIGKILL");
    expect(lost(writer, await storedKeys(DEBIAN_BINARIES))).toEqual([]);
    expect(fs.readFileSync(path.join(dir, "postgres", "PG_VERSION"), "utf8")).toBe("15\n");
  });

  test("is not mixed up with the packaged one's directory", async () => {
    const supervisor = supervise(DEBIAN_BINARIES);
    await supervisor.start();
    await supervisor.stop();
    await expect(supervise().start()).rejects.toMatchObject({
      code: "unavailable",
      message: `${dir}/postgres belongs to PostgreSQL 15, and the binaries are PostgreSQL 18.`,
      fix: expect.stringContaining("PG_BIN_DIR"),
    });
  });
});
