import { type Measurement, median } from "../report";
import { send, type Target } from "./client";
import { insertGroup, insertPeople, openScimWorld, startScimmy } from "./world";

const PEOPLE = 100_000;
const ROUNDS = 15;

async function timed(target: Target, path: string, rounds = ROUNDS): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push((await send(target, "GET", path)).ms);
  return median(times);
}

const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`;

/** Lists that both can be asked for. */
const BOTH: readonly [what: string, path: string][] = [
  ["userName eq", filter('userName eq "p70000@bench.test"')],
  ["externalId eq", filter('externalId eq "e70000"')],
  ["emails.value eq", filter('emails.value eq "p70000@bench.test"')],
  ["userName sw, 11 found", filter('userName sw "p7000"')],
  ["a page of 100, from 1", "/Users?startIndex=1&count=100"],
  ["a page of 100, from 90,001", "/Users?startIndex=90001&count=100"],
];

/** Filters and pages with 100,000 users. */
export async function lists(): Promise<Measurement[]> {
  const world = await openScimWorld(1);
  const scimmy = await startScimmy();
  const [target] = world.targets;
  if (!target) throw new Error("no endpoint");
  const rows: Measurement[] = [];
  try {
    await insertPeople(target, PEOPLE);
    const group = await insertGroup(target, 1_000);
    await send(scimmy.target, "POST", "/seed", { users: PEOPLE, members: 0 });
    for (const [what, path] of BOTH) {
      await timed(target, path, 3);
      rows.push({
        what,
        value: await timed(target, path),
        unit: "ms",
        reference: { what: "scimmy in memory", value: await timed(scimmy.target, path, 2) },
      });
    }
    const { body } = await send(target, "GET", "/Users?count=100&cursor=");
    const own: [string, string][] = [
      ["count=0: the total alone", "/Users?count=0"],
      ["a page of 100 by cursor", `/Users?count=100&cursor=${encodeURIComponent(body.nextCursor)}`],
      ["a page of 100 in the order of userName", "/Users?sortBy=userName&count=100"],
      [
        "groups.value eq, 1,000 found, 100 shown",
        `${filter(`groups.value eq "${group}"`)}&count=100`,
      ],
      ["name.familyName co, which no index helps", filter('name.familyName co "No 70000"')],
      ["a Group of 1,000 members, whole", `/Groups/${group}`],
    ];
    for (const [what, path] of own) {
      await timed(target, path, 3);
      rows.push({ what, value: await timed(target, path), unit: "ms" });
    }
    return rows;
  } finally {
    await scimmy.stop();
    await world.stop();
  }
}
