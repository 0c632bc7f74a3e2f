import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applications } from "@/db/schema/applications";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication, insertLoginMethod, insertTestRun } from "@/db/testing-rows";
import { firstOwner, join } from "@/lib/admins/testing";
import type { Viewer } from "@/lib/kit/actor";
import { getTestRun } from "../store";
import type { Openings } from "./schema";
import { openingsOf } from "./store";

useTestDatabase();
let reader: Viewer;
beforeAll(async () => {
  ({ viewer: reader } = await join(await firstOwner(), "read_only"));
});

let method: Awaited<ReturnType<typeof insertLoginMethod>>;
beforeEach(async () => {
  await (await database()).execute(
    sql`truncate applications, policies, login_methods, users, test_runs cascade`,
  );
  method = await insertLoginMethod("Acme");
});

const ISSUER = "https://idp.example.com";
const grace = { email: "grace@example.com", sub: "u1", iss: ISSUER };
const domain = (name: string) => ({ include: [{ email_domain: { domain: name } }] });

async function opened(identity: Parameters<typeof insertTestRun>[1] = { identity: grace }) {
  const run = await insertTestRun(method, identity);
  return openingsOf(reader, await getTestRun(reader, run));
}

const verdicts = ({ applications: all }: Openings) =>
  Object.fromEntries(
    all.map(({ name, opens, bar, explanation }) => [
      name.split(" ")[0],
      [opens, bar ?? explanation.decidedBy?.rule ?? explanation.outcome],
    ]),
  );

describe("what the identity of a test run would open", () => {
  it("is said of every application, with the rule that decides", async () => {
    const other = await insertLoginMethod("Other");
    await insertGuardedApplication("open", { policy: domain("example.com") });
    await insertGuardedApplication("blocked", {
      policy: { decision: "deny", ...domain("example.com") },
    });
    await insertGuardedApplication("others", { policy: domain("example.org") });
    await insertGuardedApplication("office", {
      policy: { require: [{ ip: { ip: "10.0.0.0/8" } }] },
    });
    await insertGuardedApplication("asked", {
      policy: {
        include: [
          {
            external_evaluation: {
              evaluate_url: "https://judge.example/a",
              keys_url: "https://judge.example/keys",
            },
          },
        ],
      },
    });
    await insertGuardedApplication("mine", { settings: { allowed_idps: [method.id] } });
    await insertGuardedApplication("theirs", { settings: { allowed_idps: [other.id] } });
    const { id } = await insertGuardedApplication("off");
    const db = await database();
    await db.update(applications).set({ enabled: false }).where(eq(applications.id, id));

    const openings = await opened();
    expect(openings).toMatchObject({ problem: null, total: 8, opening: 2 });
    expect(verdicts(openings)).toEqual({
      open: ["yes", "Emails ending in @example.com"],
      mine: ["yes", "Everyone"],
      office: ["maybe", "sign_in"],
      asked: ["maybe", "sign_in"],
      blocked: ["no", "Emails ending in @example.com"],
      others: ["no", "no_match"],
      theirs: ["no", "login_method"],
      off: ["no", "disabled"],
    });
    expect(openings.applications.map(({ opens }) => opens)).toEqual([
      ...["yes", "yes", "maybe", "maybe"],
      ...["no", "no", "no", "no"],
    ]);
  });

  it("is nothing where there is no application", async () => {
    expect(await opened()).toEqual({ problem: null, total: 0, opening: 0, applications: [] });
  });

  it("is nothing for an identity that nobody could sign in with, and says why", async () => {
    await insertGuardedApplication("open");
    expect(await opened({ identity: { ...grace, email: null } })).toMatchObject({
      problem: { message: expect.stringContaining("no email address"), fix: expect.any(String) },
      ...{ total: 1, opening: 0, applications: [] },
    });
  });

  it("says that this very person is disabled", async () => {
    await insertGuardedApplication("open");
    const db = await database();
    const person = {
      ...{ loginMethodId: method.id, loginMethodName: "Acme", loginMethodKind: "oidc" },
      ...{ issuer: ISSUER, email: grace.email, identity: {}, disabledAt: new Date() },
    };
    await db.insert(users).values({ ...person, subject: "u2" });
    expect((await opened()).problem).toBeNull();
    await db.insert(users).values({ ...person, subject: grace.sub });
    expect((await opened()).problem?.message).toMatch(/is disabled/);
  });

  it("stays of one size, with those that open first", async () => {
    for (let at = 0; at < 105; at += 1) {
      await insertGuardedApplication(`a${at}`, { policy: domain("example.org") });
    }
    await insertGuardedApplication("z");
    const openings = await opened();
    expect(openings).toMatchObject({ total: 106, opening: 1 });
    expect(openings.applications).toHaveLength(100);
    expect(openings.applications[0]).toMatchObject({ opens: "yes" });
  });
});
