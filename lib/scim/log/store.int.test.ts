import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { scimLog } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { insertLoginMethod } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner, ScimClient } from "@/lib/kit/actor";
import { scimHealthOf } from "../health/store";
import { eachScimLog } from "./each-scim-log";
import { scimLogExport } from "./export";
import { mayKeepLong } from "./long-bodies";
import { deleteOldScimLog } from "./retention/store";
import { type NewScimLogEntry, type ScimLogEntry, scimLogQuerySchema } from "./schema";
import { getScimLog, listScimLog, noteScimFailure, writeScimLog } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate scim_log`);
});

async function clientFor(name?: string): Promise<ScimClient> {
  const method = await insertLoginMethod(name);
  const from = { ip: "192.0.2.7", requestId: randomUUID(), door: "scim" };
  const settings = {
    ...{ user_deprovision: true, seat_deprovision: false },
    identity_update_behavior: "no_action",
  };
  return {
    ...{ loginMethodId: method.id, loginMethodName: method.name, loginMethodKind: "oidc" },
    ...{ settings, secretId: randomUUID(), from, userAgent: "Okta SCIM Client 1.0.0" },
  } as unknown as ScimClient;
}

const deactivated: NewScimLogEntry = {
  ...{ method: "PATCH", path: "/Users/1", query: "attributes=id", status: 200 },
  ...{ resourceType: "USER", resourceId: randomUUID(), externalId: "00u1" },
  userEmail: "bob@example.com",
  intent: "Okta deactivated bob@example.com",
  effects: [{ kind: "sessions_ended", userId: null, email: null, count: 2 }],
  request: { Operations: [{ op: "replace", value: { active: false, password: "hunter2" } }] },
  response: { active: false },
  ...{ client: "okta", durationMs: 7 },
};
const write = async (client: ScimClient, entry: Partial<NewScimLogEntry> = {}) =>
  writeScimLog(await database(), client, { ...deactivated, ...entry });
const ask = async (query: Record<string, unknown>, size?: number) =>
  listScimLog(ada, scimLogQuerySchema.parse(query), size);

describe("an entry of the SCIM provisioning log", () => {
  it("comes back as it was written, without secrets", async () => {
    const client = await clientFor();
    await write(client);
    const [entry] = (await ask({})).entries;
    expect(entry).toMatchObject({
      ...{ ...deactivated, request: expect.any(String), response: '{"active":false}' },
      loginMethod: { id: client.loginMethodId, name: client.loginMethodName },
      ...{ ip: "192.0.2.7", userAgent: "Okta SCIM Client 1.0.0", bulkIndex: null },
      requestId: client.from.requestId,
    });
    expect(JSON.stringify(entry)).not.toContain("hunter2");
    expect(await getScimLog(ada, entry?.id ?? 0)).toEqual(entry);
  });

  it("is gone with the transaction of the change", async () => {
    const client = await clientFor();
    const db = await database();
    const failing = db.transaction(async (tx) => {
      await writeScimLog(tx, client, deactivated);
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    expect((await ask({})).entries).toEqual([]);
  });

  it("hostile text cannot stop it", async () => {
    const odd = `x\u0000\ud800${"y".repeat(10_000)}`;
    await write(await clientFor(), {
      ...{ path: odd, query: odd, error: odd, externalId: odd, userEmail: odd, intent: odd },
      ...{ groupName: odd, resourceId: "not a uuid", request: odd, response: { odd } },
      effects: [{ kind: "registered", userId: null, email: odd, count: 1 }],
    });
    expect((await ask({})).entries).toMatchObject([{ resourceId: null, effects: [{ count: 1 }] }]);
  });

  it.each([0, -1, 1.5, 999_999, Number.NaN, 1e300])("%s is none", async (id) => {
    await expect(getScimLog(ada, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

it("a failure is logged, and is the last error of its login method", async () => {
  const client = await clientFor();
  const error = "No user has the id 1.";
  await noteScimFailure(client, { method: "GET", path: "/Users/1", status: 404, error });
  expect((await ask({ status: "FAILURE" })).entries).toMatchObject([{ error, status: 404 }]);
  expect(await scimHealthOf(ada, client.loginMethodId)).toMatchObject({
    lastError: error,
    lastErrorAt: expect.any(String),
  });
});

it("the log is found by what stands in it", async () => {
  const [okta, entra] = [await clientFor("Okta"), await clientFor("Entra 100%")];
  await write(okta);
  await write(entra, {
    ...{ method: "POST", path: "/Groups", status: 409, resourceType: "GROUP" },
    ...{ groupName: "Engineering", userEmail: null, resourceId: randomUUID(), intent: null },
  });
  const found = async (query: Record<string, unknown>) =>
    (await ask(query)).entries.map(({ loginMethod }) => loginMethod.name.slice(0, 4));
  expect(await found({})).toEqual(["Entr", "Okta"]);
  expect(await found({ q: "BOB@" })).toEqual(["Okta"]);
  expect(await found({ q: "engineer" })).toEqual(["Entr"]);
  expect(await found({ q: "%" })).toEqual([]);
  expect(await found({ idp: okta.loginMethodId })).toEqual(["Okta"]);
  expect(await found({ method: "POST" })).toEqual(["Entr"]);
  expect(await found({ type: "USER" })).toEqual(["Okta"]);
  expect(await found({ status: "SUCCESS" })).toEqual(["Okta"]);
  expect(await found({ resource: deactivated.resourceId })).toEqual(["Okta"]);
  const odd = { q: "a\u0000", idp: "x'", method: "BREW", type: "?", status: [], before: "-1" };
  expect(await found(odd)).toEqual(["Entr", "Okta"]);
});

it("the log is read page by page, and shortened in pieces", async () => {
  const client = await clientFor();
  for (let i = 0; i < 5; i += 1) await write(client, { path: `/Users/${i}` });
  const first = await ask({}, 2);
  const second = await ask({ before: first.next }, 2);
  const third = await ask({ before: second.next }, 2);
  const paths = [first, second, third].flatMap(({ entries }) => entries.map(({ path }) => path));
  expect(paths).toEqual(["/Users/4", "/Users/3", "/Users/2", "/Users/1", "/Users/0"]);
  expect(third.next).toBeNull();
  const db = await database();
  await db.execute(
    sql`update scim_log set at = now() - interval '91 days' where path = '/Users/0'`,
  );
  await deleteOldScimLog(dataPlane);
  expect(await db.$count(scimLog)).toBe(4);
  await deleteOldScimLog(dataPlane, { most: 2 });
  expect((await ask({})).entries.map(({ path }) => path)).toEqual(["/Users/4", "/Users/3"]);
});

it("the log is found by how long ago it was", async () => {
  const client = await clientFor();
  const ages = ["10 minutes", "50 minutes", "20 hours", "6 days", "29 days", "40 days"];
  const db = await database();
  for (const age of ages) {
    await write(client, { path: `/${age}` });
    await db.execute(
      sql`update scim_log set at = now() - ${age}::interval where path = ${`/${age}`}`,
    );
  }
  const ranges = ["15m", "1h", "24h", "7d", "30d", "", "1000d"];
  const found = await Promise.all(
    ranges.map(async (range) => (await ask({ range })).entries.length),
  );
  expect(found).toEqual([1, 2, 3, 4, 5, 6, 6]);
});

it("an export has all that the filter finds, over all pages, and no secret", async () => {
  const client = await clientFor();
  for (let i = 0; i < 5; i += 1) await write(client, { path: `/Users/${i}` });
  await write(client, { method: "POST", path: "/Users" });
  const query = scimLogQuerySchema.parse({ method: "PATCH", before: "2" });
  const entries: ScimLogEntry[] = [];
  for await (const page of eachScimLog(ada, query, 2)) entries.push(...page);
  expect(entries.map(({ path }) => path.at(-1))).toEqual(["4", "3", "2", "1", "0"]);
  for (const format of ["csv", "ndjson"] as const) {
    const file = entries.map((entry) => scimLogExport.line(format, entry)).join("");
    expect(file).toContain("bob@example.com");
    expect(file).not.toContain("hunter2");
  }
});

it("a flood of long bodies fills no disk: 2 KB of each are kept, and other login methods lose nothing", async () => {
  const [flood, other] = [await clientFor(), await clientFor()];
  while (mayKeepLong(flood.loginMethodId));
  const request = { displayName: "x".repeat(60_000) };
  await write(flood, { request, response: request });
  await write(flood);
  await write(other, { request });
  const [whole, short, cut] = (await ask({})).entries;
  expect(JSON.parse(whole?.request ?? "")).toEqual(request);
  expect(short?.response).toBe('{"active":false}');
  for (const body of [cut?.request, cut?.response]) {
    expect(body).toMatch(/x\n… cut: only the first 2 KB of 59 KB are kept$/);
    expect(body?.length).toBeLessThan(2_200);
  }
});

it("long bodies of old entries are forgotten, and nothing else of them", async () => {
  const client = await clientFor();
  // Such as PostgreSQL cannot make short.
  const long = () => Array.from({ length: 200 }, () => ({ value: randomUUID() }));
  for (let i = 0; i < 4; i += 1) await write(client, { request: { i, members: long() } });
  await deleteOldScimLog(dataPlane, { bodies: 2 });
  const { entries } = await ask({});
  expect(entries.map(({ request }) => request?.slice(0, 5))).toEqual([
    ...['{"i":', '{"i":'],
    ...["(not ", "(not "],
  ]);
  expect(entries.map(({ response }) => response)).toEqual(Array(4).fill('{"active":false}'));
});
