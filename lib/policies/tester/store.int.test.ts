import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { applicationPolicies, applications } from "@/db/schema/applications";
import { auditLog } from "@/db/schema/audit-log";
import { loginMethods } from "@/db/schema/login-methods";
import { policies as policyTable } from "@/db/schema/policies";
import { users } from "@/db/schema/users";
import { useTestDatabase } from "@/db/testing";
import {
  insertApplication,
  insertLoginMethod,
  insertSession,
  insertTestRun,
} from "@/db/testing-rows";
import { findByRef, recordAccess } from "@/lib/access-log/store";
import { firstOwner, join } from "@/lib/admins/testing";
import { dataPlane } from "@/lib/http/data-plane";
import type { Owner, Viewer } from "@/lib/kit/actor";
import { addLoginMethod } from "@/lib/login-methods/store";
import type { PersonIdentity } from "@/lib/users/schema";
import { addGroup } from "../groups/store";
import { loadNames } from "../library/store";
import { policyInputSchema, ruleGroupInputSchema } from "../schema";
import { addPolicy } from "../store";
import type { TestSubject } from "./schema";
import { entryToTest, identityRuns, testEveryone, testPerson } from "./store";

useTestDatabase();
let ada: Owner;
let reader: Viewer;
beforeAll(async () => {
  ada = await firstOwner();
  ({ viewer: reader } = await join(ada, "read_only"));
});
beforeEach(async () => {
  await (await database()).execute(
    sql`truncate applications, policies, rule_groups, login_methods, users, test_runs, audit_log cascade`,
  );
});

const anywhere = { ip: null, country: null };
const only = (email: string) => ({ include: [{ email: { email } }] });
const draft = (values: object, id: string | null = null): TestSubject => ({
  type: "policy",
  id,
  values: { name: "Staff", decision: "allow", ...values },
});
const save = (name: string, values: object) =>
  addPolicy(ada, policyInputSchema.parse({ name, decision: "allow", ...values }));

async function applicationWith(name: string, policyIds: readonly string[]) {
  const application = await insertApplication(name);
  const db = await database();
  await db.insert(applicationPolicies).values(
    policyIds.map((policyId, at) => ({
      ...{ applicationId: application.id, policyId, precedence: at + 1 },
    })),
  );
  return application;
}

describe("a test of one person", () => {
  it("judges what stands on the page, not what is saved, and changes nothing", async () => {
    const { userId } = await insertSession("grace@example.com");
    const { id } = await save("Staff", only("ada@example.com"));
    const who = { by: "user", userId } as const;
    await (await database()).execute(sql`truncate audit_log`);
    const tested = await testPerson(reader, {
      subject: draft(only("grace@example.com"), id),
      who,
      place: anywhere,
    });
    expect(tested).toMatchObject({
      email: "grace@example.com",
      explanation: { outcome: "allow", decidedBy: { policyId: id, policyName: "Staff" } },
    });
    const db = await database();
    const [saved] = await db.select().from(policyTable).where(eq(policyTable.id, id));
    expect(saved).toMatchObject({ ...only("ada@example.com"), version: 1 });
    expect(await db.$count(auditLog)).toBe(0);
  });

  it("needs no name, and says what is wrong with rules that cannot be saved", async () => {
    const { userId } = await insertSession("grace@example.com");
    const ask = (values: object) =>
      testPerson(ada, {
        subject: draft({ name: "", ...values }),
        who: { by: "user", userId },
        place: anywhere,
      });
    expect((await ask(only("grace@example.com"))).explanation.outcome).toBe("allow");
    for (const values of [
      { include: [] },
      { include: [{ __proto__: null, constructor: {} }] },
      { decision: "bypass", ...only("grace@example.com") },
      { decision: "everything", ...only("grace@example.com") },
    ]) {
      await expect(ask(values)).rejects.toMatchObject({
        code: "invalid_input",
        fields: { rules: [expect.any(String)] },
      });
    }
  });

  it.each([
    ["10.1.2.3", "allow"],
    ["192.0.2.1", "no_match"],
    [null, "sign_in"],
  ] as const)("from %s, where an address is required: %s", async (ip, outcome) => {
    const { userId } = await insertSession("grace@example.com");
    const { explanation } = await testPerson(ada, {
      subject: draft({ ...only("grace@example.com"), require: [{ ip: { ip: "10.0.0.0/8" } }] }),
      who: { by: "user", userId },
      place: { ip, country: null },
    });
    expect(explanation.outcome).toBe(outcome);
  });

  it("takes pasted claims as the login method would, from who may change things", async () => {
    const { id: loginMethodId } = await addLoginMethod(ada, {
      kind: "oidc",
      values: {
        name: "Acme",
        config: {
          client_id: "id",
          client_secret: "secret",
          auth_url: "https://idp.example.com/auth",
          token_url: "https://idp.example.com/token",
          certs_url: "https://idp.example.com/keys",
          claims: ["roles"],
        },
      },
    });
    const claims = JSON.stringify({ email: "grace@example.com", roles: ["dev", "ops"] });
    const claim = { identity_provider_id: loginMethodId, claim_name: "roles", claim_value: "ops" };
    const asked = {
      subject: draft({ include: [{ oidc: claim }] }),
      who: { by: "claims", loginMethodId, claims } as const,
      place: anywhere,
    };
    expect((await testPerson(ada, asked)).explanation.outcome).toBe("allow");
    await expect(testPerson(reader, asked)).rejects.toMatchObject({ code: "forbidden" });
    for (const text of ["", "[]", "null", '"x"', "{", "a.b.c"]) {
      const odd = { ...asked, who: { ...asked.who, claims: text } };
      await expect(testPerson(ada, odd)).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  it("takes the identity of a past test, and says so where a test brought none", async () => {
    const method = await insertLoginMethod("Acme");
    const passed = await insertTestRun(method, {
      identity: { email: "grace@example.com", sub: "u1" },
    });
    const failed = await insertTestRun(method, { status: "failed" });
    expect(await identityRuns(reader, null)).toMatchObject([
      { id: passed, email: "grace@example.com", loginMethod: "Acme" },
    ]);
    const ask = (runId: string) =>
      testPerson(reader, {
        subject: draft(only("grace@example.com")),
        who: { by: "run", runId },
        place: anywhere,
      });
    expect((await ask(passed)).explanation.outcome).toBe("allow");
    for (const runId of [failed, randomUUID()]) {
      await expect(ask(runId)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("an entry of the Access log", () => {
  const written = async (identity: PersonIdentity | null) => {
    const ref = await recordAccess(dataPlane, {
      ...{ event: "denied", allowed: false, reason: "no_policy_matched", ref: "HXKR-47WN" },
      ...{ application: null, host: null, user: null, loginMethod: null, serviceToken: null },
      ...{ ip: "192.0.2.7", country: "NL", userAgent: null, explanation: null, loginId: null },
      identity,
    });
    return (await findByRef(reader, ref))?.id ?? 0;
  };

  it("is tested with the identity of that moment, where it has one", async () => {
    const loginMethod = await insertLoginMethod("Acme");
    const entryId = await written({
      ...{ email: "grace@example.com", name: null, issuer: "https://idp.example", subject: "u1" },
      ...{ loginMethod, groups: ["then"], amr: [], claims: [] },
    });
    expect(await entryToTest(reader, entryId)).toMatchObject({
      ...{ id: entryId, email: "grace@example.com", loginMethod: "Acme", ip: "192.0.2.7" },
      country: "NL",
    });
    const group = {
      identity_provider_id: loginMethod.id,
      ...{ claim_name: "groups", claim_value: "then" },
    };
    const subject = draft({ include: [{ oidc: group }] });
    const who = { by: "entry", entryId } as const;
    const tested = await testPerson(reader, { subject, who, place: anywhere });
    expect(tested.explanation.outcome).toBe("allow");

    const stranger = await written(null);
    expect(await entryToTest(reader, stranger)).toBeNull();
    expect(await entryToTest(reader, 999_999_999)).toBeNull();
    const nobody = { subject, who: { by: "entry", entryId: stranger } as const, place: anywhere };
    await expect(testPerson(reader, nobody)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the past tests that are offered", () => {
  it("are the newest, and always the one that was asked for", async () => {
    const method = await insertLoginMethod("Acme");
    const runs: string[] = [];
    for (let at = 0; at < 52; at += 1) {
      runs.push(await insertTestRun(method, { identity: { email: "a@example.com", sub: "u1" } }));
    }
    const offered = async (wanted: string | null) =>
      (await identityRuns(reader, wanted)).map(({ id }) => id);
    const oldest = runs[0] ?? "";
    expect(await offered(null)).toEqual(runs.slice(2).reverse());
    expect(await offered(oldest)).toEqual([oldest, ...runs.slice(3).reverse()]);
    expect(await offered(randomUUID())).not.toContain(oldest);
  });
});

describe("a test of everybody", () => {
  const emails = (users: readonly { email: string }[] = []) =>
    users.map(({ email }) => email).sort();
  const order = (id: string, policies: string[], allowed_idps: string[] = []): TestSubject => ({
    ...{ type: "application", id, policies, allowed_idps },
  });

  it("names whom an edit matches and no longer matches, where nothing uses the policy", async () => {
    for (const name of ["ada", "bob", "cleo"]) await insertSession(`${name}@example.com`);
    const { id } = await save("Staff", only("ada@example.com"));
    const include = [
      { email: { email: "bob@example.com" } },
      { email: { email: "cleo@example.com" } },
    ];
    const result = await testEveryone(reader, draft({ include }, id));
    expect(result).toMatchObject({
      ...{ total: 3, count: 2, gains: 0, losses: 0, applications: 0, changes: [] },
      matched: { gains: 2, losses: 1 },
    });
    expect(emails(result.matched?.gain)).toEqual(["bob@example.com", "cleo@example.com"]);
    expect(result.matched?.lose).toMatchObject([
      { email: "ada@example.com", why: "The rules do not match." },
    ]);
  });

  it("says whom a Block policy throws out of each application that uses it", async () => {
    for (const name of ["ada", "bob"]) await insertSession(`${name}@example.com`);
    const block = await save("Blocked", { decision: "deny", ...only("nobody@example.com") });
    const all = await save("All", { include: [{ everyone: {} }] });
    const wiki = await applicationWith("Wiki", [block.id, all.id]);
    // Below what lets everybody in, it blocks nobody.
    await applicationWith("Vault", [all.id, block.id]);
    await applicationWith("Elsewhere", [all.id]);
    const values = { decision: "deny", ...only("bob@example.com") };
    expect(await testEveryone(reader, draft(values, block.id))).toMatchObject({
      ...{ total: 2, count: 1, gains: 0, losses: 1, applications: 2, moreChanges: 0 },
      matched: { gains: 1, losses: 0 },
      changes: [
        {
          ...{ id: wiki.id, name: "Wiki", gains: 0, losses: 1 },
          lose: [{ email: "bob@example.com", why: "Staff: Email bob@example.com" }],
        },
      ],
    });
    const lifted = { decision: "allow", ...only("bob@example.com") };
    expect(await testEveryone(reader, draft(lifted, all.id))).toMatchObject({
      ...{ gains: 0, losses: 1, applications: 3 },
      changes: [{ losses: 1 }, { losses: 1 }, { losses: 1 }],
    });
  });

  it("counts an access group's edit in every application, through policies and groups", async () => {
    for (const name of ["ada", "bob"]) await insertSession(`${name}@example.com`);
    const named = (name: string, rules: object) =>
      addGroup(ada, ruleGroupInputSchema.parse({ name, ...rules }));
    const inner = await named("Team", only("ada@example.com"));
    const outer = await named("Teams", { include: [{ group: { id: inner.id } }] });
    const allow = await save("Members", { include: [{ group: { id: outer.id } }] });
    const { id } = await applicationWith("Wiki", [allow.id]);
    await applicationWith("Elsewhere", [(await save("All", { include: [{ everyone: {} }] })).id]);
    const edit: TestSubject = { type: "rule_group", id: inner.id, values: only("bob@example.com") };
    expect(await testEveryone(reader, edit)).toMatchObject({
      ...{ total: 2, count: 1, gains: 1, losses: 1, applications: 1 },
      matched: { gains: 1, losses: 1 },
      changes: [
        {
          ...{ id, gain: [{ email: "bob@example.com" }], lose: [{ email: "ada@example.com" }] },
        },
      ],
    });
    const { userId } = await insertSession("cleo@example.com");
    const who = { by: "user", userId } as const;
    const wider = { ...edit, values: { include: [{ everyone: {} }] } };
    expect(await testPerson(reader, { subject: wider, who, place: anywhere })).toMatchObject({
      ...{ admission: null, placesInAll: 1, explanation: { outcome: "allow" } },
      places: [{ id, was: "no", now: "yes", why: "Members: Access group Teams" }],
    });
    for (const values of [{ include: [] }, { include: [{ odd: {} }] }, null]) {
      await expect(testEveryone(reader, { ...edit, values })).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
  });

  it("judges an application's policies in the order on the page, through access groups", async () => {
    for (const name of ["ada", "bob"]) await insertSession(`${name}@example.com`);
    const group = await addGroup(
      ada,
      ruleGroupInputSchema.parse({
        name: "Team",
        include: [{ email_domain: { domain: "example.com" } }],
      }),
    );
    const [all, notBob] = [
      await save("All", { include: [{ group: { id: group.id } }] }),
      await save("Not Bob", { decision: "deny", ...only("bob@example.com") }),
    ];
    const { id } = await applicationWith("Wiki", [all.id, notBob.id]);
    expect(await testEveryone(reader, order(id, [all.id, notBob.id]))).toMatchObject({
      ...{ count: 2, gains: 0, losses: 0, matched: null, changes: [{ name: "Wiki" }] },
    });
    expect(await testEveryone(reader, order(id, [notBob.id, all.id]))).toMatchObject({
      ...{ count: 1, losses: 1, gains: 0 },
      changes: [
        {
          lose: [{ email: "bob@example.com", why: expect.stringContaining("Not Bob") }],
        },
      ],
    });
    expect(await testEveryone(reader, order(id, []))).toMatchObject({ losses: 2 });
  });

  it("lets nobody in by a login method that the application or the installation closes", async () => {
    const { userId: grace, loginMethodId } = await insertSession("grace@example.com");
    const { userId: bob, loginMethodId: other } = await insertSession("bob@example.com");
    const all = await save("All", { include: [{ everyone: {} }] });
    const { id } = await applicationWith("Wiki", [all.id]);
    const closing = order(id, [all.id], [loginMethodId]);
    expect(await testEveryone(reader, closing)).toMatchObject({
      ...{ count: 1, losses: 1 },
      changes: [
        {
          lose: [
            {
              email: "bob@example.com",
              why: expect.stringMatching(/^The application does not allow the login method Staff/),
            },
          ],
        },
      ],
    });
    const ask = async (userId: string, subject: TestSubject) => {
      const who = { by: "user", userId } as const;
      return (await testPerson(reader, { subject, who, place: anywhere })).admission;
    };
    expect(await ask(bob, closing)).toEqual({ bar: "login_method", opens: "no" });
    expect(await ask(grace, closing)).toEqual({ bar: null, opens: "yes" });

    const db = await database();
    await db.update(loginMethods).set({ enabled: false }).where(eq(loginMethods.id, loginMethodId));
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, bob));
    const open = order(id, [all.id]);
    expect(await ask(grace, open)).toEqual({ bar: "login_method_disabled", opens: "no" });
    expect(await ask(bob, open)).toEqual({ bar: "person_disabled", opens: "no" });
    expect(await testEveryone(reader, open)).toMatchObject({ total: 1, count: 0 });

    // Whom nobody asks to sign in, no login method keeps out.
    const bypass = await save("Bypass", { decision: "bypass", include: [{ everyone: {} }] });
    expect(await ask(bob, order(id, [bypass.id], [other]))).toMatchObject({ opens: "yes" });
    const require = [{ ip: { ip: "10.0.0.0/8" } }];
    const near = await save("Near", { decision: "bypass", include: [{ everyone: {} }], require });
    expect(await ask(bob, order(id, [near.id, all.id]))).toMatchObject({ opens: "maybe" });
    await db.update(applications).set({ enabled: false }).where(eq(applications.id, id));
    expect(await ask(bob, order(id, [bypass.id]))).toEqual({ bar: "disabled", opens: "no" });
  });
});

it("has words for what a rule names, and for what is gone", async () => {
  const group = await addGroup(
    ada,
    ruleGroupInputSchema.parse({ name: "Team", include: [{ everyone: {} }] }),
  );
  const method = await insertLoginMethod("Acme");
  const names = await loadNames(reader);
  expect(names.ruleGroup(group.id)).toBe("Team");
  expect(names.loginMethod(method.id)).toBe("Acme");
  for (const id of [randomUUID(), "__proto__", "constructor"]) {
    expect(names.serviceToken(id)).toBe("(no longer exists)");
  }
});
