import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measurement } from "../report";
import { cpuMs, residentMb } from "../server";
import { each, patch, send, share, type Target, waited } from "./client";
import { openScimWorld, startScimmy } from "./world";

const USERS = 10_000;
const GROUPS = 500;
const MEMBERS = 20;
const AT_ONCE = 8;
const CLIENTS = 55;
const CLIENT_SECONDS = 12;
/**
 * Of a client between two requests. Polis's 55 clients make 291 requests a second of 50 ms each, so
 * they wait for most of the time (reference: peers §6).
 */
const PAUSE_MS = 125;

const person = (at: number | string) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `p${at}@bench.test`,
  externalId: `e${at}`,
  name: { givenName: "Pat", familyName: `No ${at}` },
  emails: [{ value: `p${at}@bench.test`, type: "work", primary: true }],
  active: true,
});

const range = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Everybody, then every group with its members, as a provider's first synchronisation has it. */
async function pushAll(target: Target): Promise<{ seconds: number; requests: number }> {
  const began = performance.now();
  const ids: string[] = [];
  await each(range(USERS), AT_ONCE, async (at) => {
    ids[at] = (await send(target, "POST", "/Users", person(at))).body.id;
  });
  await each(range(GROUPS), AT_ONCE, async (at) => {
    const members = range(MEMBERS).map((next) => ({ value: ids[(at * MEMBERS + next) % USERS] }));
    await send(target, "POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: `Group ${at}`,
      members,
    });
  });
  return { seconds: (performance.now() - began) / 1000, requests: USERS + GROUPS };
}

/** The first push of a company, and the memory that it leaves. */
export async function push(): Promise<Measurement[]> {
  const world = await openScimWorld(1);
  const scimmy = await startScimmy();
  const [target] = world.targets;
  if (!target) throw new Error("no endpoint");
  try {
    const idle = residentMb(world.pid);
    const ours = await pushAll(target);
    const theirs = await pushAll(scimmy.target);
    const what = "scimmy in memory";
    return [
      {
        what: `first push of ${USERS} users and ${GROUPS} groups of ${MEMBERS}, ${AT_ONCE} at once (${waited.count} answers of 429)`,
        value: ours.seconds * 1000,
        unit: "ms",
        reference: { what, value: theirs.seconds * 1000 },
      },
      {
        what: "its rate",
        value: ours.requests / ours.seconds,
        unit: "req/s",
        reference: { what, value: theirs.requests / theirs.seconds },
      },
      {
        what: "resident memory after it, without PostgreSQL's own",
        value: residentMb(world.pid),
        unit: "MB",
        reference: { what, value: residentMb(scimmy.pid) },
      },
      {
        what: "what of it the push added",
        value: residentMb(world.pid) - idle,
        unit: "MB",
      },
    ];
  } finally {
    await scimmy.stop();
    await world.stop();
  }
}

/** What one client does over and over: a person comes, is looked up, changes and goes. */
async function live(target: Target, end: number, pauseMs: number, times: number[]): Promise<void> {
  while (performance.now() < end) {
    const name = randomUUID();
    const note = async (sent: ReturnType<typeof send>) => {
      const reply = await sent;
      times.push(reply.ms);
      if (pauseMs > 0) await sleep(pauseMs * (0.5 + Math.random()));
      return reply.body;
    };
    const filter = encodeURIComponent(`userName eq "p${name}@bench.test"`);
    const { id } = await note(send(target, "POST", "/Users", person(name)));
    await note(send(target, "GET", `/Users/${id}`));
    await note(send(target, "GET", `/Users?filter=${filter}`));
    await note(
      send(target, "PATCH", `/Users/${id}`, patch({ op: "replace", path: "title", value: "Dr" })),
    );
    await note(send(target, "DELETE", `/Users/${id}`));
  }
}

/** Clients at once, and what the server's processes spend on it: that counts on a busy machine too. */
async function together(targets: readonly Target[], pauseMs: number, spent: () => number[]) {
  const times: number[] = [];
  const before = spent();
  const began = performance.now();
  const end = began + CLIENT_SECONDS * 1000;
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, at) =>
      live(targets[at % targets.length] as Target, end, pauseMs, times),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  return {
    rate: times.length / seconds,
    p50: share(times, 0.5),
    p95: share(times, 0.95),
    cpu: spent().map((ms, at) => (ms - (before[at] ?? 0)) / times.length),
  };
}

/**
 * 55 clients at once: without a pause, for the most that is answered, and with the pauses of Polis,
 * whose figures are the budget: 291 requests a second, 95 % of them within 97 ms.
 */
export async function clients(): Promise<Measurement[]> {
  const world = await openScimWorld(11);
  const scimmy = await startScimmy();
  const ownMs = () => [cpuMs(world.pid), world.postgresMs()];
  const theirMs = () => [cpuMs(scimmy.pid)];
  const what = "scimmy in memory";
  try {
    const rows: Measurement[] = [];
    for (const pauseMs of [0, PAUSE_MS]) {
      const ours = await together(world.targets, pauseMs, ownMs);
      const theirs = await together([scimmy.target], pauseMs, theirMs);
      const how = pauseMs > 0 ? `${CLIENTS} clients with pauses` : `${CLIENTS} clients`;
      for (const of of ["rate", "p50", "p95"] as const) {
        rows.push({
          what: `${how}: ${of}`,
          value: ours[of],
          unit: of === "rate" ? "req/s" : "ms",
          reference: { what, value: theirs[of] },
          ...(pauseMs > 0 && of === "p95" && { budget: 97 }),
        });
      }
      for (const [at, name] of ["Gatehouse", "PostgreSQL"].entries()) {
        rows.push({
          what: `${how}: processor time of a request, ${name}`,
          value: ours.cpu[at] ?? Number.NaN,
          unit: "ms",
          reference: { what, value: theirs.cpu[0] ?? Number.NaN },
        });
      }
    }
    return rows;
  } finally {
    await scimmy.stop();
    await world.stop();
  }
}
