import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database, databaseState } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import { speakableReference } from "@/lib/http/request-id";
import type { Owner } from "@/lib/kit/actor";
import { eachAccess } from "./each-access";
import { accessBars } from "./histogram/store";
import { deleteOldAccess } from "./retention/store";
import { accessQuerySchema, type NewAccessEntry } from "./schema";
import { findByRef, getAccess, listAccess, noteAccess, recordAccess } from "./store";

useTestDatabase();

let owner: Owner;
beforeAll(async () => {
  owner = await firstOwner();
});

const WIKI = { id: randomUUID(), name: "Wiki 100%" };
const OKTA = { id: randomUUID(), name: "Okta", kind: "okta" };

const entry = (over: Partial<NewAccessEntry> = {}): NewAccessEntry => ({
  event: "login",
  allowed: true,
  reason: "policy_allowed",
  ref: speakableReference(),
  application: WIKI,
  host: "wiki.example.com",
  user: { id: null, email: "ada@example.com" },
  loginMethod: OKTA,
  serviceToken: null,
  ip: "192.0.2.7",
  country: "NL",
  userAgent: "Firefox",
  explanation: null,
  identity: null,
  loginId: null,
  ...over,
});
const denied = (over: Partial<NewAccessEntry> = {}) =>
  entry({ event: "denied", allowed: false, reason: "no_policy_matched", ...over });
const like = (key: string) => ({ key, pool: "known" as const });
const ask = (query: Record<string, unknown>, size?: number) =>
  listAccess(owner, accessQuerySchema.parse(query), size);
const empty = async () => (await database()).delete(accessLog);

describe("an entry of the Access log", () => {
  it("comes back as it was written, with the policy and the rule that decided", async () => {
    const decidedBy = { policyId: randomUUID(), policyName: "Staff", rule: "Everyone" };
    const written = entry({
      explanation: { outcome: "allow", decidedBy, policies: [] },
      loginId: randomUUID(),
    });
    const ref = await recordAccess(dataPlane, written);
    const found = await findByRef(owner, ref);
    expect(found).toMatchObject({
      ref: written.ref,
      application: WIKI,
      loginMethod: OKTA,
      policy: { id: decidedBy.policyId, name: "Staff" },
      rule: "Everyone",
      loginId: written.loginId,
      count: 1,
    });
    expect(await getAccess(owner, found?.id ?? 0)).toEqual(found);
    await expect(getAccess(owner, 999_999_999)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is found by its reference, however somebody types what they heard", async () => {
    const ref = await recordAccess(dataPlane, entry({ ref: "HXKR-47WN" }));
    for (const said of [ref, " hxkr-47wn ", "HXKR47WN", "hxkr 47wn"]) {
      expect((await findByRef(owner, said))?.ref).toBe(ref);
      expect((await ask({ q: said })).entries.map((found) => found.ref)).toEqual([ref]);
    }
    for (const other of ["", "HXKR-47WM", "HXKR", "%", "ada@example.com"]) {
      expect(await findByRef(owner, other)).toBeNull();
    }
  });

  it("hostile text: what a stranger sent is cut and stored, and cannot stop the entry", async () => {
    const userAgent = `a\u0000b\ud800${"x".repeat(9_000)}`;
    const ref = await recordAccess(dataPlane, denied({ userAgent, host: "\u0000" }));
    const found = await findByRef(owner, ref);
    expect(found?.userAgent).toHaveLength(500);
  });

  it("is never in the way: a database that is gone does not throw", async () => {
    const state = databaseState();
    const { open } = state;
    state.open = Promise.reject(new Error("no database"));
    await expect(recordAccess(dataPlane, entry())).resolves.toMatch(/-/);
    await expect(recordAccess(dataPlane, denied(), like("gone"))).resolves.toMatch(/-/);
    expect(noteAccess(dataPlane, like("gone too"), () => denied())).toMatch(/-/);
    state.open = open;
  });
});

describe("the list", () => {
  it("is filtered by each of its fields, and LIKE has no wildcards for those who search", async () => {
    await empty();
    const user = { id: randomUUID(), email: "grace@example.com" };
    const app = { id: randomUUID(), name: "Payroll" };
    const method = { ...OKTA, id: randomUUID() };
    await recordAccess(dataPlane, entry());
    const decidedBy = { policyId: randomUUID(), policyName: "Staff", rule: null };
    const explanation = { outcome: "deny", decidedBy, policies: [] } as const;
    const more = { user, application: app, loginMethod: method, country: "PT" };
    await recordAccess(
      dataPlane,
      denied({ ...more, explanation: { ...explanation, policies: [] } }),
    );
    const countOf = async (query: Record<string, unknown>) => (await ask(query)).entries.length;
    expect(await countOf({})).toBe(2);
    for (const query of [
      { q: "GRACE@" },
      { q: "payroll" },
      { event: "denied" },
      { allowed: "no" },
      { allowed: "yes" },
      { app: app.id },
      { user: user.id },
      { method: method.id },
      { policy: decidedBy.policyId },
      { country: "pt" },
      { q: "100%" },
      { q: "%", event: "login" },
    ]) {
      expect(await countOf(query), JSON.stringify(query)).toBe(1);
    }
    expect(await countOf({ q: "gr_ce" })).toBe(0);
    const db = await database();
    const earlier = sql`now() - interval '2 hours'`;
    await db.update(accessLog).set({ at: earlier }).where(eq(accessLog.country, "PT"));
    expect([await countOf({ range: "1h" }), await countOf({ range: "24h" })]).toEqual([1, 2]);
    await db.update(accessLog).set({ count: 3 }).where(eq(accessLog.country, "PT"));
    const bars = await accessBars(owner, accessQuerySchema.parse({ range: "24h" }));
    expect(bars).toHaveLength(24);
    const sides = bars.map(({ allowed, refused }) => [allowed, refused]);
    expect(sides.slice(-4)).toEqual(expect.arrayContaining([[0, 3]]));
    expect(sides.at(-1)).toEqual([1, 0]);
    expect(sides.flat().reduce((sum, times) => sum + times)).toBe(4);
    expect(await accessBars(owner, accessQuerySchema.parse({ q: "grace" }))).toEqual([]);
    expect(await countOf({ app: "' or 1=1 --" })).toBe(2);
  });

  it("goes on from where a page ended, also when entries arrive meanwhile", async () => {
    await empty();
    for (let at = 0; at < 7; at += 1) await recordAccess(dataPlane, entry());
    const first = await ask({}, 3);
    await recordAccess(dataPlane, entry());
    const second = await ask({ before: first.next }, 3);
    const third = await ask({ before: second.next }, 3);
    const ids = [first, second, third].flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(ids).toHaveLength(7);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(7);
    expect(third.next).toBeNull();
  });

  it("is exported whole, whatever page is open", async () => {
    await empty();
    for (let at = 0; at < 5; at += 1) await recordAccess(dataPlane, entry());
    const query = accessQuerySchema.parse({ before: 1 });
    const sizes: number[] = [];
    for await (const page of eachAccess(owner, query, 2)) sizes.push(page.length);
    expect(sizes).toEqual([2, 2, 1]);
  });
});

describe("like refusals", () => {
  it("are one entry with their number, and every one of them shows its reference", async () => {
    const key = randomUUID();
    const all = Array.from({ length: 40 }, () => recordAccess(dataPlane, denied(), like(key)));
    const references = new Set(await Promise.all(all));
    expect(references.size).toBe(1);
    const [ref = ""] = references;
    await expect
      .poll(async () => (await findByRef(owner, ref))?.count, { timeout: 10_000 })
      .toBe(40);
  });
});

describe("the log is kept", () => {
  it("for 90 days", async () => {
    await empty();
    const db = await database();
    const [old, young] = [
      await recordAccess(dataPlane, entry()),
      await recordAccess(dataPlane, entry()),
    ];
    const age = (ref: string, days: number) =>
      db
        .update(accessLog)
        .set({ at: sql`now() - make_interval(days => ${days})` })
        .where(eq(accessLog.ref, ref));
    await age(old, 91);
    await age(young, 89);
    await deleteOldAccess(dataPlane);
    expect(await findByRef(owner, old)).toBeNull();
    expect(await findByRef(owner, young)).not.toBeNull();
  });

  it.each(["denied", "login_failed"] as const)(
    "flood: the oldest of %s make room for new ones, and no other entry does",
    async (event) => {
      await empty();
      await recordAccess(dataPlane, entry());
      const flood = { ...denied(), event };
      const references: string[] = [];
      for (let at = 0; at < 6; at += 1) references.push(await recordAccess(dataPlane, flood));
      const most = { refusals: 4, failed: 4 };
      await deleteOldAccess(dataPlane, most);
      const { entries } = await ask({});
      expect(entries.map((one) => one.event)).toEqual([...Array(4).fill(event), "login"]);
      expect(entries.slice(0, 4).map(({ ref }) => ref)).toEqual(references.slice(2).reverse());
      await deleteOldAccess(dataPlane, most);
      expect((await ask({})).entries).toHaveLength(5);
    },
  );
});
