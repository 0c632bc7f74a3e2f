import { randomUUID } from "node:crypto";
import type { Measurement } from "../report";
import { cpuMs, residentMb } from "../server";
import { each, patch, send, share, type Target, waited } from "./client";
import { openScimWorld, startScimmy } from "./world";

const USERS = 10_000;
const GROUPS = 500;
const MEMBERS = 20;
const AT_ONCE = 8;
const CLIENTS = 55;
const CLIENT_SECONDS = 15;

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
async function live(target: Target, end: number, times: number[]): Promise<void> {
  while (performance.now() < end) {
    const name = randomUUID();
    const note = async (sent: ReturnType<typeof send>) => {
      const reply = await sent;
      times.push(reply.ms);
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
async function together(targets: readonly Target[], spent: () => number[]) {
  const times: number[] = [];
  const before = spent();
  const began = performance.now();
  const end = began + CLIENT_SECONDS * 1000;
  await Promise.all(
    Array.from({ length: CLIENTS }, (_, at) =>
      live(targets[at % targets.length] as Target, end, times),
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

/** 55 clients at once, as Polis measures its SCIM: 291 requests a second, 95 % within 97 ms (reference: peers §6). */
export async function clients(): Promise<Measurement[]> {
  const world = await openScimWorld(11);
  const scimmy = await startScimmy();
  try {
    const ours = await together(world.targets, () => [cpuMs(world.pid), world.postgresMs()]);
    const theirs = await together([scimmy.target], () => [cpuMs(scimmy.pid)]);
    const [own = 0, postgres = 0] = ours.cpu;
    const cpu = (what: string, value: number): Measurement => ({
      what: `processor time of a request, ${what}`,
      value,
      unit: "ms",
      reference: { what: "scimmy in memory", value: theirs.cpu[0] ?? 0 },
    });
    const row = (what: string, of: "rate" | "p50" | "p95", more: object = {}): Measurement => ({
      what: `${CLIENTS} clients of ${world.targets.length} login methods: ${what}`,
      value: ours[of],
      unit: of === "rate" ? "req/s" : "ms",
      reference: { what: "scimmy in memory", value: theirs[of] },
      ...more,
    });
    return [
      row("rate", "rate"),
      row("p50", "p50"),
      row("p95", "p95", { budget: 97 }),
      cpu("Gatehouse", own),
      cpu("PostgreSQL", postgres),
    ];
  } finally {
    await scimmy.stop();
    await world.stop();
  }
}
