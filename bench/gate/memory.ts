import { setTimeout as sleep } from "node:timers/promises";
import type { Measurement } from "../report";
import { residentMb, startBare } from "../server";
import { once } from "./load";
import { cookiesFor, GATE_PATH, insertSessions, openWorld, question } from "./world";

const SESSIONS = 10_000;
const AT_ONCE = 16;
const SETTLE_MS = 5_000;

/** Each session once. */
async function visit(url: string, host: string, cookies: readonly string[]): Promise<void> {
  for (let from = 0; from < cookies.length; from += AT_ONCE) {
    const part = cookies.slice(from, from + AT_ONCE);
    const answers = await Promise.all(part.map((cookie) => once(url, question(host, cookie))));
    if (answers.some(({ status }) => status !== 200)) throw new Error("a session was refused");
  }
}

/** Resident memory of `gate.ts`: idle, and what sessions add. */
export async function gateMemory(): Promise<Measurement[]> {
  const world = await openWorld();
  const bare = await startBare();
  const cookies = await cookiesFor(world, await insertSessions(2 * SESSIONS));
  const gate = await world.startGate();
  try {
    const url = gate.url + GATE_PATH;
    await sleep(SETTLE_MS);
    const idle = residentMb(gate.pid);
    const bareIdle = residentMb(bare.pid);
    // The first ten thousand also grow the heap to the size that any load gives it.
    const after: number[] = [];
    for (const part of [cookies.slice(0, SESSIONS), cookies.slice(SESSIONS)]) {
      await visit(url, world.host, part);
      await visit(bare.url, world.host, part);
      await sleep(SETTLE_MS);
      after.push(residentMb(gate.pid));
    }
    const [first = 0, second = 0] = after;
    const reference = { what: "bare node:http", value: bareIdle };
    return [
      { what: "gate alone, idle", value: idle, unit: "MB", reference, budget: 90 },
      {
        what: `after ${SESSIONS} sessions, one token each`,
        value: first,
        unit: "MB",
        reference: { what: "bare node:http, asked the same", value: residentMb(bare.pid) },
      },
      {
        what: `${SESSIONS} more sessions add`,
        value: second - first,
        unit: "MB",
        reference: {
          what: "the tokens' own text",
          value: cookies.slice(SESSIONS).join("").length / 1024 ** 2,
        },
      },
    ];
  } finally {
    await gate.stop();
    await bare.stop();
    await world.stop();
  }
}
