import { type Measurement, median } from "../report";
import { patch, send, type Target } from "./client";
import { insertGroup, insertPeople, openScimWorld, startScimmy } from "./world";

const SIZES = [100, 1_000, 10_000, 100_000];
/** Of scimmy; one change in 100,000 takes it minutes. */
const MOST_OF_SCIMMY = 10_000;
const ROUNDS = 15;
const PASSES = 4;
/** A change costs what it costs in a group of 100 (issue 5). */
const RATIO = 1.5;

/** One member out and in again, over and over; median of the changes. */
async function change(target: Target, group: string, user: string, rounds: number) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const operation of [
      { op: "remove", path: `members[value eq "${user}"]` },
      { op: "add", path: "members", value: [{ value: user }] },
    ]) {
      times.push((await send(target, "PATCH", `/Groups/${group}`, patch(operation))).ms);
    }
  }
  return median(times);
}

async function somebodyIn(target: Target, group: string): Promise<string> {
  const filter = encodeURIComponent(`groups.value eq "${group}"`);
  const { body } = await send(target, "GET", `/Users?count=1&filter=${filter}`);
  return body.Resources[0].id;
}

interface Sized {
  size: number;
  group: string;
  user: string;
}

/** Interleaved, so that a busy moment of the machine meets all sizes alike. */
async function changeAll(target: Target, groups: readonly Sized[]): Promise<number[]> {
  const times = groups.map((): number[] => []);
  for (const { group, user } of groups) await change(target, group, user, 10);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [at, { group, user }] of groups.entries()) {
      times[at]?.push(await change(target, group, user, ROUNDS));
    }
  }
  return times.map(median);
}

async function ofScimmy(target: Target, ours: readonly number[]): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const [at, size] of SIZES.entries()) {
    if (size > MOST_OF_SCIMMY) continue;
    await send(target, "POST", "/seed", { users: 0, members: size });
    rows.push({
      what: `scimmy in memory, one of ${size} members`,
      value: await change(target, "g", "u7", size >= 10_000 ? 1 : 20),
      unit: "ms",
      reference: { what: "Gatehouse on PostgreSQL", value: ours[at] ?? Number.NaN },
    });
  }
  return rows;
}

/** PATCH of one member in groups of growing size, beside scimmy, which holds it all in memory. */
export async function members(): Promise<Measurement[]> {
  const world = await openScimWorld(1);
  const scimmy = await startScimmy();
  const [target] = world.targets;
  if (!target) throw new Error("no endpoint");
  const groups: Sized[] = [];
  try {
    await insertPeople(target, SIZES.at(-1) ?? 0);
    for (const size of SIZES) {
      const group = await insertGroup(target, size);
      groups.push({ size, group, user: await somebodyIn(target, group) });
    }
    const ours = await changeAll(target, groups);
    const [floor = Number.NaN] = ours;
    const rows = SIZES.map(
      (size, at): Measurement => ({
        what: `add or remove one of ${size} members`,
        value: ours[at] ?? Number.NaN,
        unit: "ms",
        reference: { what: "of 100", value: floor },
        budget: floor * RATIO,
      }),
    );
    return [...rows, ...(await ofScimmy(scimmy.target, ours))];
  } finally {
    await scimmy.stop();
    await world.stop();
  }
}
