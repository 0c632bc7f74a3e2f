import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Measurement, median } from "./report";
import { type Measured, residentMb, startBare, startBuilt } from "./server";

const ROUNDS = 5;
const IDLE_SECONDS = 10;

async function startsOf(start: () => Promise<Measured>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await start();
    times.push(server.readyAfterMs);
    await server.stop();
  }
  return median(times);
}

/** From spawn to the first good answer, on a data directory to create and on one that exists. */
export async function startUp(): Promise<Measurement[]> {
  // Beside each other and not below one: PostgreSQL's own user must be able to enter each.
  const made: string[] = [];
  const fresh = async () => {
    const folder = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
    made.push(folder);
    return folder;
  };
  try {
    const bare = await startsOf(startBare);
    const cold = await startsOf(async () => startBuilt(await fresh()));
    const warm = await startsOf(() => startBuilt(made[0] ?? ""));
    const reference = { what: "bare node:http", value: bare };
    return [
      { what: "start, database to create", value: cold, unit: "ms", reference, budget: 15_000 },
      { what: "start, database exists", value: warm, unit: "ms", reference, budget: 3_000 },
    ];
  } finally {
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  }
}

/** Resident memory of the server process alone, idle after its first pages. */
export async function memory(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const bare = await startBare();
  const server = await startBuilt(dataDir);
  try {
    const atStart = residentMb(server.pid);
    for (const path of ["/", "/login", "/setup", "/healthz", "/nowhere"])
      await fetch(server.url + path);
    await sleep(IDLE_SECONDS * 1000);
    const reference = { what: "bare node:http", value: residentMb(bare.pid) };
    return [
      { what: "resident, just started", value: atStart, unit: "MB", reference, budget: 250 },
      {
        what: `resident, idle ${IDLE_SECONDS} s after the first pages`,
        value: residentMb(server.pid),
        unit: "MB",
        reference,
        budget: 250,
      },
    ];
  } finally {
    await server.stop();
    await bare.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
