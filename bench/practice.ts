import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Practice } from "@/practice/index";

/**
 * The practice providers in a process of their own, so that their work is not taken for Gatehouse's.
 * They send people back to the callback of `consoleUrl`.
 */
export async function startPracticeProcess(consoleUrl: string): Promise<Practice> {
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const file = join(folder, "practice.json");
  const child = spawn(process.execPath, ["dist/practice.mjs"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      GATEHOUSE_URL: consoleUrl,
      GATEHOUSE_PRACTICE: file,
      PRACTICE_PORT: "0",
    },
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text) return { providers: JSON.parse(text).providers, stop };
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  await stop();
  throw new Error("the practice providers did not start");
}
