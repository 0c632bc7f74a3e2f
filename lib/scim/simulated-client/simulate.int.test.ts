import { eq, inArray } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethods } from "@/db/schema/login-methods";
import {
  scimGroups,
  scimHealth,
  scimLog,
  scimMembers,
  scimSecrets,
  scimUsers,
} from "@/db/schema/scim";
import { users } from "@/db/schema/users";
import { useScimEndpoint } from "../conformance/testing-conform";
import { checkEndpoint } from "./check-endpoint";
import { profiles } from "./profiles";
import { okta } from "./profiles/okta";
import { PROFILE_IDS } from "./schema";
import { simulate } from "./simulate";

const endpoint = useScimEndpoint();

async function counts() {
  const db = await database();
  const tables = [scimUsers, scimGroups, scimMembers, users];
  return Promise.all(tables.map((table) => db.$count(table)));
}

it.each(profiles.map((profile) => [profile.name, profile] as const))(
  "a client in the shape of %s passes, and leaves nothing behind",
  async (_, profile) => {
    const before = await counts();
    const { passed, steps } = await simulate(profile, endpoint.send, `int-${profile.id}`);
    expect(steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(passed).toBe(true);
    expect(await counts()).toEqual(before);
  },
);

it("tells a wrong secret at the first step, and changes nothing", async () => {
  const before = await counts();
  const send: typeof endpoint.send = (request) =>
    endpoint.send({ ...request, headers: { ...request.headers, authorization: "Bearer wrong" } });
  const { passed, steps } = await simulate(okta, send, "wrong");
  expect(passed).toBe(false);
  expect(steps[0]).toMatchObject({ outcome: "failed", answer: { status: 401 } });
  expect(steps[0]?.advice).toMatch(/Authorization/);
  expect(await counts()).toEqual(before);
});

describe("a check of the endpoint by an admin", () => {
  const nowhere = "http://localhost:9";
  const here = () => `http://127.0.0.1:${endpoint.port}`;
  const check = (profile: (typeof PROFILE_IDS)[number], to = nowhere) => {
    const { owner, loginMethodId } = endpoint;
    return checkEndpoint(owner, { loginMethodId, profile }, { public: to, own: here() });
  };

  async function ofProvider() {
    const db = await database();
    return Promise.all([
      ...[db.$count(scimLog), db.$count(scimSecrets), counts()],
      ...[db.select().from(scimHealth), db.select().from(scimSecrets)],
    ]);
  }

  it.each(PROFILE_IDS)(
    "as %s passes without the secret, and is not taken for the provider",
    async (id) => {
      const before = await ofProvider();
      const report = await check(id);
      expect(report.steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
      expect(report).toMatchObject({
        passed: true,
        origin: here(),
        unreached: nowhere,
      });
      expect(JSON.stringify(report)).not.toMatch(/check\.v1\.|authorization/i);
      expect(await ofProvider()).toEqual(before);
    },
  );

  it("goes to the public address where that is reached, and into the Admin log", async () => {
    const report = await check("okta", `http://localhost:${endpoint.port}`);
    expect(report).toMatchObject({ passed: true, unreached: null });
    const db = await database();
    const entries = await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "login_method.check_scim"));
    expect(entries.length).toBeGreaterThan(0);
  });

  it("takes away what a run left behind that was cut off, and not what one is at work with", async () => {
    const made = async (userName: string) => {
      const body = JSON.stringify({ userName });
      const headers = { "content-type": "application/scim+json" };
      const { text } = await endpoint.send({ method: "POST", path: "/Users", headers, body });
      return JSON.parse(text).id as string;
    };
    const old = await made("gatehouse-check-old@check.invalid");
    const fresh = await made("gatehouse-check-new@check.invalid");
    const person = await made("gatehouse-user@example.com");
    const db = await database();
    const longAgo = new Date(Date.now() - 3_600_000);
    const backdated = inArray(scimUsers.id, [old, person]);
    await db.update(scimUsers).set({ createdAt: longAgo }).where(backdated);
    await check("rfc");
    const left = await db.select({ id: scimUsers.id }).from(scimUsers);
    expect(left.map(({ id }) => id).sort()).toEqual([fresh, person].sort());
  });

  it("says what to do where the login method is disabled", async () => {
    const db = await database();
    const own = eq(loginMethods.id, endpoint.loginMethodId);
    await db.update(loginMethods).set({ enabled: false }).where(own);
    await expect(check("rfc")).rejects.toMatchObject({ code: "conflict" });
    await db.update(loginMethods).set({ enabled: true }).where(own);
  });
});
