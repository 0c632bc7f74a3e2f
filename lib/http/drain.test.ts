import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, vi } from "vitest";

// These start processes of their own.
vi.setConfig({ testTimeout: 60_000 });

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

async function start() {
  const script = fileURLToPath(new URL("./testing-drain.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  running.push(child);
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const until = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const look = (line: string) => {
        if (line.startsWith(text)) resolve(line);
      };
      said.forEach(look);
      lines.on("line", look);
    });
  lines.on("line", (line) => said.push(line));
  const port = (await until("port ")).slice(5);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return { child, said, until, ended, url: `http://127.0.0.1:${port}` };
}

it("one Ctrl-C through a script (SIGINT, then SIGTERM) loses nothing in flight and cleans up", async () => {
  const { child, said, until, ended, url } = await start();
  const answer = fetch(`${url}/?ms=700`);
  await until("asked");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  const response = await answer;
  expect([response.status, await response.text()]).toEqual([200, "whole"]);
  expect(await ended).toBe(0);
  expect(said).toContain("cleaned");
});

it("whoever asks again while it waits is not kept waiting", async () => {
  const { child, said, until, ended, url } = await start();
  const answer = fetch(`${url}/?ms=60000`).catch(() => "cut off");
  await until("asked");
  child.kill("SIGTERM");
  const again = setInterval(() => child.kill("SIGTERM"), 200);
  expect(await ended).toBe(1);
  clearInterval(again);
  expect(await answer).toBe("cut off");
  expect(said).not.toContain("cleaned");
});
