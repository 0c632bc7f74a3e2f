import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measurement } from "../report";
import type { Measured } from "../server";
import { CLIENT, load, once } from "./load";
import { cookiesFor, GATE_PATH, insertSessions, openWorld, question, type World } from "./world";

const ROUNDS = 50;
/** design.md, Budgets: what is revoked is refused everywhere within a second. */
const BUDGET_MS = 1_000;
/** The other gate is asked over and over; this long it rests between two questions. */
const PAUSE_MS = 1;

interface Round {
  /** From sending the sign-out, before anything is committed, to the end of the first refusal. */
  upper: number;
  /** From the answer to the sign-out, after the commit; zero when the refusal came before it. */
  lower: number;
}

/** Somebody signs out through one gate while the other, which knows the session, is asked about it. */
async function signOut(world: World, one: Measured, other: Measured): Promise<Round> {
  const [cookie = ""] = await cookiesFor(world, await insertSessions(1));
  const agent = new Agent({ keepAlive: true });
  const headers = question(world.host, cookie);
  const ask = async () => (await once(other.url + GATE_PATH, headers, agent)).status;
  while ((await ask()) !== 200) await sleep(PAUSE_MS);
  const began = performance.now();
  let answered = Number.POSITIVE_INFINITY;
  const away = once(`${one.url}/cdn-cgi/access/logout`, headers).then(({ status }) => {
    if (status !== 200) throw new Error(`the sign-out was answered by ${status}`);
    answered = performance.now();
  });
  while ((await ask()) === 200) await sleep(PAUSE_MS);
  const refused = performance.now();
  await away;
  agent.destroy();
  return { upper: refused - began, lower: Math.max(0, refused - answered) };
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;

function measured(what: string, times: readonly number[]): Measurement[] {
  const sorted = [...times].sort((a, b) => a - b);
  return [
    { what: `${what}: p50`, value: share(sorted, 0.5), unit: "ms", budget: BUDGET_MS },
    { what: `${what}: p99`, value: share(sorted, 0.99), unit: "ms", budget: BUDGET_MS },
    { what: `${what}: max`, value: share(sorted, 1), unit: "ms", budget: BUDGET_MS },
  ];
}

async function rounds(world: World, gates: readonly [Measured, Measured]): Promise<Round[]> {
  const all: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push(await signOut(world, gates[round % 2 ? 1 : 0], gates[round % 2 ? 0 : 1]));
  }
  return all;
}

const rows = (when: string, all: readonly Round[]): Measurement[] => [
  ...measured(
    `${when}, from sending the sign-out`,
    all.map(({ upper }) => upper),
  ),
  ...measured(
    `${when}, from its answer`,
    all.map(({ lower }) => lower),
  ),
];

/** From a revocation on one instance to the first refusal by another, in turns both ways round. */
export async function revocation(): Promise<Measurement[]> {
  const world = await openWorld();
  const [cookie = ""] = await cookiesFor(world, await insertSessions(1));
  const gates = [await world.startGate(), await world.startGate()] as const;
  try {
    const idle = await rounds(world, gates);
    let over = false;
    const pressed = gates.map(async ({ url }) => {
      const asked = { url: url + GATE_PATH, headers: question(world.host, cookie), status: 200 };
      while (!over) await load({ ...asked, seconds: 1 });
    });
    const busy = await rounds(world, gates);
    over = true;
    await Promise.all(pressed);
    return [...rows("idle", idle), ...rows(`both asked without a pause by ${CLIENT}`, busy)];
  } finally {
    for (const gate of gates) await gate.stop();
    await world.stop();
  }
}
