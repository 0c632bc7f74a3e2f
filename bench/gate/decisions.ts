import type { Measurement } from "../report";
import { startBare } from "../server";
import { CLIENT, inTurns, load, paced, type Result } from "./load";
import { cookiesFor, GATE_PATH, insertOthers, insertSessions, openWorld, question } from "./world";

/** More than the gate keeps of verified tokens: one after another, each comes as if for the first time. */
const COLD_TOKENS = 24_000;
const PACE = 2_000;
/** Of the bare server's rate (design.md, Budgets). */
const LEAST = 0.6;

const measured = (what: string, result: Result, bare: Result, least?: number): Measurement[] => [
  {
    what: `${what}, by ${CLIENT}`,
    value: result.rate,
    unit: "req/s",
    reference: { what: "bare node:http", value: bare.rate },
  },
  {
    what: `${what}, per second of its own processor time`,
    value: result.perCpu,
    unit: "req/s",
    reference: { what: "bare node:http", value: bare.perCpu },
    least,
  },
  {
    what: `${what}: p50`,
    value: result.p50,
    unit: "ms",
    reference: { what: "bare node:http", value: bare.p50 },
  },
  {
    what: `${what}: p99`,
    value: result.p99,
    unit: "ms",
    reference: { what: "bare node:http", value: bare.p99 },
  },
];

/** Decisions of `gate.ts`, each kind beside a bare server that is asked the very same. */
export async function decisions(): Promise<Measurement[]> {
  const world = await openWorld();
  const bare = await startBare();
  const cookies = await cookiesFor(world, await insertSessions(COLD_TOKENS));
  const [cookie = ""] = cookies;
  // Before the gate is there: it would first have to hear of another login method.
  const closed = await closedCookie(world);
  const gate = await world.startGate();
  const ofGate = { url: gate.url + GATE_PATH, pid: gate.pid };
  const ofBare = { url: bare.url, pid: bare.pid };
  const { host } = world;
  try {
    const headers = question(host, cookie);
    const cold = question(host);
    await load({ ...ofBare, headers, status: 200, seconds: 1 });
    const coldFloor = await load({ ...ofBare, headers: cold, cookies, status: 200 });

    const untouched = await load({ ...ofGate, headers: cold, cookies, status: 200 });
    // All sessions are known after one round, and the tokens of its beginning forgotten.
    await load({ ...ofGate, headers: cold, cookies, status: 200, seconds: 12 });
    const coldToken = await load({ ...ofGate, headers: cold, cookies, status: 200 });
    const warm = { ...ofGate, headers, status: 200, seconds: 2 };
    const signIn = { ...ofGate, headers: cold, status: 302, seconds: 2 };
    const turns = await inTurns(5, {
      floor: () => load({ ...warm, ...ofBare }),
      warm: () => load(warm),
      anybody: () => load({ ...warm, ...ofBare, headers: cold }),
      signIn: () => load(signIn),
    });
    const refused = await load({
      ...ofGate,
      headers: question("closed.bench.test", closed),
      status: 403,
    });
    const even = await inTurns(3, {
      bare: () => paced({ ...warm, ...ofBare, seconds: 4 }, PACE),
      gate: () => paced({ ...warm, seconds: 4 }, PACE),
    });
    return [
      ...measured("warm session", turns.warm, turns.floor, LEAST),
      {
        what: `warm session: p99 at ${PACE} requests a second`,
        value: even.gate.p99,
        unit: "ms",
        reference: { what: "bare node:http", value: even.bare.p99 },
        budget: 5,
      },
      ...measured("token not seen before", coldToken, coldFloor),
      ...measured("token and session not seen before", untouched, coldFloor),
      ...measured("nobody signed in: to the login page", turns.signIn, turns.anybody),
      ...measured("refused by a policy", refused, turns.floor),
    ];
  } finally {
    await gate.stop();
    await bare.stop();
    await world.stop();
  }
}

async function closedCookie(world: Awaited<ReturnType<typeof openWorld>>): Promise<string> {
  const [cookie = ""] = await cookiesFor({ application: world.closed }, await insertSessions(1));
  return cookie;
}

/** What applications and policies cost that the request has nothing to do with. */
export async function scale(): Promise<Measurement[]> {
  const world = await openWorld();
  const [cookie = ""] = await cookiesFor(world, await insertSessions(1));
  const rows: Measurement[] = [];
  let before = 1;
  const one: Record<string, Result> = {};
  try {
    for (const count of [1, 10, 1_000]) {
      await insertOthers(before, count);
      before = count;
      const gate = await world.startGate();
      const url = gate.url + GATE_PATH;
      const ask = {
        "warm session": { url, headers: question(world.host, cookie), status: 200 },
        "nobody signed in": { url, headers: question(world.host), status: 302 },
      };
      for (const [kind, wanted] of Object.entries(ask)) {
        await load({ ...wanted, seconds: 1 });
        const result = await load({ ...wanted, pid: gate.pid });
        one[kind] ??= result;
        rows.push({
          what: `${kind}, ${count} application${count === 1 ? "" : "s and policies"}`,
          value: result.perCpu,
          unit: "req/s",
          reference: { what: "1 application", value: one[kind].perCpu },
        });
      }
      await gate.stop();
    }
  } finally {
    await world.stop();
  }
  return rows;
}
