import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { accessLog } from "@/db/schema/access-log";
import { auditLog } from "@/db/schema/audit-log";
import { serviceTokens } from "@/db/schema/service-tokens";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication } from "@/db/testing-rows";
import { firstOwner } from "@/lib/admins/testing";
import { gate } from "@/lib/gate/state";
import { machine } from "@/lib/http/app";
import { dataPlane } from "@/lib/http/data-plane";
import { PersonBrowser } from "@/lib/http/testing-login";
import { ensureSigningKey } from "@/lib/keys/store";
import type { Owner } from "@/lib/kit/actor";
import { hashToken } from "@/lib/kit/secrets";
import { addGroup } from "@/lib/policies/groups/store";
import { policyInputSchema, ruleGroupInputSchema } from "@/lib/policies/schema";
import { addPolicy } from "@/lib/policies/store";
import type { ServiceTokenSecret } from "./schema";
import {
  createServiceToken,
  extendServiceToken,
  listServiceTokens,
  noteServiceTokenUse,
  removeServiceToken,
  rotateServiceToken,
  setServiceTokenEnabled,
} from "./store";

vi.stubEnv("GATEHOUSE_URL", "http://localhost:3999");
useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
  await ensureSigningKey(dataPlane);
  await gate().ready();
});
afterAll(() => gate().stop());
beforeEach(async () => {
  await (await database()).execute(
    sql`truncate applications, policies, rule_groups, service_tokens, audit_log cascade`,
  );
});

async function create(name = "Backup", duration: "8760h" | "forever" = "8760h") {
  const secret = await createServiceToken(ada, { name, duration });
  const found = (await listServiceTokens(ada)).find((token) => token.clientId === secret.clientId);
  if (!found) throw new Error("the service token is not in the list");
  return { secret, token: found, id: found.id };
}

const listed = async (id: string) => (await listServiceTokens(ada)).find((one) => one.id === id);
const audit = async () => (await database()).select().from(auditLog).orderBy(auditLog.id);

const HOST = "jobs.example.com";
async function opened({ clientId, clientSecret }: ServiceTokenSecret): Promise<boolean> {
  await gate().reload();
  const { allowed } = await new PersonBrowser().ask(HOST, "/", {
    "cf-access-client-id": clientId,
    "cf-access-client-secret": clientSecret,
  });
  return allowed;
}

const TEAM = "http://localhost:3999";

/** What the gate hands to the application about a program that it lets in. */
async function assertionOf(
  { clientId, clientSecret }: ServiceTokenSecret,
  host = HOST,
): Promise<string> {
  await gate().reload();
  const { headers } = await new PersonBrowser().ask(host, "/", {
    "cf-access-client-id": clientId,
    "cf-access-client-secret": clientSecret,
  });
  return String(headers["cf-access-jwt-assertion"]);
}

/** Whether that token opens the gate as the program's own, and get-identity answers it. */
async function holds(token: string, host = HOST): Promise<[boolean, boolean]> {
  await gate().reload();
  const { allowed } = await new PersonBrowser().ask(host, "/", { "cf-access-token": token });
  const url = `${TEAM}/cdn-cgi/access/get-identity`;
  const { status } = await machine().request(url, { headers: { "cf-access-token": token } });
  return [allowed, status === 200];
}

/** Why the gate refused what named a service token, as the Access log has it. */
const logged = (id: string, reasons: string[]) =>
  vi.waitFor(async () => {
    const db = await database();
    const rows = await db
      .select({ reason: accessLog.reason, name: accessLog.serviceTokenName })
      .from(accessLog)
      .where(and(eq(accessLog.serviceTokenId, id), eq(accessLog.allowed, false)))
      .orderBy(accessLog.id);
    expect(rows).toEqual(reasons.map((reason) => ({ reason, name: "Backup" })));
  });

const guarded = (include: unknown[] = [{ any_valid_service_token: {} }]) =>
  insertGuardedApplication(HOST, { policy: { decision: "non_identity", include } });

describe("a service token's secret", () => {
  it("is shown once: storage, list and Admin log never hold it", async () => {
    const { secret, id } = await create();
    expect(secret.clientId).toMatch(/^[0-9a-f]{32}\.access$/);
    expect(secret.clientSecret).toMatch(/^[0-9a-f]{64}$/);
    const rotated = await rotateServiceToken(ada, { id, graceHours: 24 });
    const db = await database();
    const rows = await db.select().from(serviceTokens);
    expect(rows[0]).toMatchObject({
      secretHash: hashToken(rotated.clientSecret),
      previousHash: hashToken(secret.clientSecret),
    });
    const told = JSON.stringify([rows, await listServiceTokens(ada), await audit()]);
    for (const { clientSecret } of [secret, rotated]) expect(told).not.toContain(clientSecret);
    const list = JSON.stringify([await listServiceTokens(ada), await audit()]);
    expect(list).not.toContain(hashToken(rotated.clientSecret));
  });

  it("opens what asks for it, and a wrong one, another's or none does not", async () => {
    await guarded();
    const [{ secret }, other] = [await create(), await create("Other")];
    expect(await opened(secret)).toBe(true);
    for (const clientSecret of ["", "0".repeat(64), other.secret.clientSecret]) {
      expect(await opened({ ...secret, clientSecret })).toBe(false);
    }
    expect(await opened({ ...secret, clientId: other.secret.clientId })).toBe(false);
    await logged((await listServiceTokens(ada))[0]?.id ?? "", ["service_token_wrong_secret"]);
  });

  it.each([
    [24, true],
    [0, false],
  ])(
    "after a rotation with %i hours of overlap, the old one opens: %s",
    async (graceHours, still) => {
      await guarded();
      const { secret, id } = await create();
      const rotated = await rotateServiceToken(ada, { id, graceHours });
      expect(rotated.clientId).toBe(secret.clientId);
      expect(await opened(rotated)).toBe(true);
      expect(await opened(secret)).toBe(still);
      expect(await listed(id)).toMatchObject({
        secretVersion: 2,
        previousExpiresAt: still ? expect.any(String) : null,
      });
    },
  );

  it("stops when its overlap is over, and at the second rotation", async () => {
    await guarded();
    const { secret, id } = await create();
    const second = await rotateServiceToken(ada, { id, graceHours: 720 });
    const third = await rotateServiceToken(ada, { id, graceHours: 720 });
    expect(await Promise.all([secret, second, third].map(opened))).toEqual([false, true, true]);
    const db = await database();
    await db
      .update(serviceTokens)
      .set({ previousExpiresAt: sql`now() - interval '1 second'` })
      .where(eq(serviceTokens.id, id));
    expect(await Promise.all([second, third].map(opened))).toEqual([false, true]);
    await logged(id, ["service_token_wrong_secret", "service_token_old_secret"]);
    expect(await listed(id)).toMatchObject({ previousExpiresAt: null });
  });

  it("takes the tokens along that applications were given for the old one (stale token)", async () => {
    await guarded();
    const { secret, id } = await create();
    const old = await assertionOf(secret);
    expect(await holds(old)).toEqual([true, true]);
    const second = await rotateServiceToken(ada, { id, graceHours: 1 });
    expect(await holds(old)).toEqual([true, true]);
    const young = await assertionOf(second);
    await rotateServiceToken(ada, { id, graceHours: 0 });
    expect(await holds(old)).toEqual([false, false]);
    expect(await holds(young)).toEqual([false, false]);
  });

  it("makes tokens that open the one host of a wildcard they were made at (a hostile sub-host)", async () => {
    await insertGuardedApplication("*.jobs.example.com", {
      policy: { decision: "non_identity", include: [{ any_valid_service_token: {} }] },
    });
    const { secret } = await create();
    const [one, two] = ["one.jobs.example.com", "two.jobs.example.com"];
    const token = await assertionOf(secret, one);
    expect((await holds(token, one))[0]).toBe(true);
    expect((await holds(token, two))[0]).toBe(false);
    expect((await holds(await assertionOf(secret, two), two))[0]).toBe(true);
  });

  it("is known to be in use still, or not, after a rotation", async () => {
    await guarded();
    const { secret, id } = await create();
    expect(await opened(secret)).toBe(true);
    const fresh = await rotateServiceToken(ada, { id, graceHours: 24 });
    expect(await opened(fresh)).toBe(true);
    await vi.waitFor(async () => expect((await listed(id))?.lastUsedAt).not.toBeNull());
    expect((await listed(id))?.previousLastUsedAt).toBeNull();
    expect(await opened(secret)).toBe(true);
    await vi.waitFor(async () => expect((await listed(id))?.previousLastUsedAt).toMatch(/^20/));
    await rotateServiceToken(ada, { id, graceHours: 24 });
    expect((await listed(id))?.previousLastUsedAt).toBeNull();
  });
});

describe("a service token that is over", () => {
  it("opens nothing when disabled, and again when enabled", async () => {
    await guarded();
    const { secret, id } = await create();
    await setServiceTokenEnabled(ada, { id, enabled: false });
    expect(await opened(secret)).toBe(false);
    await logged(id, ["service_token_disabled"]);
    await setServiceTokenEnabled(ada, { id, enabled: true });
    expect(await opened(secret)).toBe(true);
  });

  it("opens nothing when expired, and again when extended", async () => {
    await guarded();
    const { secret, id } = await create();
    const db = await database();
    await db
      .update(serviceTokens)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(serviceTokens.id, id));
    expect(await opened(secret)).toBe(false);
    await logged(id, ["service_token_expired"]);
    await extendServiceToken(ada, id);
    expect(await opened(secret)).toBe(true);
    expect((await listed(id))?.expiresAt).toMatch(/^20/);
  });

  it("opens nothing when deleted", async () => {
    await guarded();
    const { secret, id } = await create();
    await removeServiceToken(ada, id);
    expect(await opened(secret)).toBe(false);
    expect(await listServiceTokens(ada)).toEqual([]);
  });
});

describe("names and limits", () => {
  it.each(["Backup", "BACKUP"])("refuses the name %s when Backup exists", async (name) => {
    await create();
    await expect(create(name)).rejects.toMatchObject({
      code: "conflict",
      fields: { name: [expect.stringMatching(/^Another service token is called/)] },
    });
  });

  it("stops at 1,000", async () => {
    await (await database()).execute(sql`
      insert into service_tokens (name, client_id, secret_hash, duration, created_by_name)
      select 't' || n, 'c' || n, 'h', 'forever', 'x' from generate_series(1, 1000) n`);
    await expect(create()).rejects.toMatchObject({ code: "conflict" });
  });

  it("never ends one that is made for ever", async () => {
    const { token, id } = await create("Backup", "forever");
    expect(token.expiresAt).toBeNull();
    await extendServiceToken(ada, id);
    expect((await listed(id))?.expiresAt).toBeNull();
  });
});

describe("deleting a service token", () => {
  it.each(["include", "exclude"] as const)(
    "is refused while a policy or an access group names it in %s",
    async (set) => {
      const { id } = await create();
      const rule = { service_token: { token_id: id } };
      const sets =
        set === "include" ? { include: [rule] } : { include: [{ everyone: {} }], [set]: [rule] };
      await addGroup(ada, ruleGroupInputSchema.parse({ name: "Robots", ...sets }));
      await addPolicy(
        ada,
        policyInputSchema.parse({ name: "Machines", decision: "non_identity", ...sets }),
      );
      expect((await listed(id))?.usedBy.map(({ name }) => name)).toEqual(["Machines", "Robots"]);
      await expect(removeServiceToken(ada, id)).rejects.toMatchObject({
        code: "conflict",
        message: "Backup cannot be deleted while Machines, Robots names it.",
      });
    },
  );
});

it("writes down each change once, with the version of the secret", async () => {
  const { id } = await create();
  await rotateServiceToken(ada, { id, graceHours: 1 });
  await extendServiceToken(ada, id);
  for (const enabled of [false, false, true]) await setServiceTokenEnabled(ada, { id, enabled });
  await removeServiceToken(ada, id);
  const entries = await audit();
  expect(entries.map(({ action }) => action)).toEqual([
    "service_token.create",
    "service_token.rotate",
    "service_token.refresh",
    "service_token.disable",
    "service_token.enable",
    "service_token.remove",
  ]);
  expect(entries[1]?.changes).toEqual([{ path: "client_secret_version", before: 1, after: 2 }]);
});

it("one network's made-up Client IDs are one entry (a stranger blinds the Access log)", async () => {
  await guarded();
  await gate().reload();
  const refused = async (ip: string, at: number) => {
    const headers = {
      accept: "*/*",
      "cf-access-client-id": `${at}`,
      "cf-access-client-secret": "",
    };
    const { body } = await new PersonBrowser().ask(HOST, "/", headers, { ip });
    return (JSON.parse(body ?? "{}") as { reference: string }).reference;
  };
  const first = await refused("2001:db8:1:2::1", 1);
  expect(first).toMatch(/-/);
  expect(await refused("2001:db8:1:2:ffff::2", 2)).toBe(first);
  expect(await refused("2001:db8:1:3::1", 3)).not.toBe(first);
});

it("was used behind nginx too, which asks once about what is let in", async () => {
  await guarded();
  const { secret, id } = await create();
  await gate().reload();
  const headers = {
    "cf-access-client-id": secret.clientId,
    "cf-access-client-secret": secret.clientSecret,
  };
  await new PersonBrowser().ask(HOST, "/", headers, { rehearsal: true, ip: "2001:db8::7" });
  await vi.waitFor(async () =>
    expect(await listed(id)).toMatchObject({ lastUsedIp: "2001:db8::7" }),
  );
  const db = await database();
  const uses = eq(accessLog.serviceTokenId, id);
  await vi.waitFor(async () => expect(await db.$count(accessLog, uses)).toBe(1));
});

it("keeps when and from where it was used, without making it new", async () => {
  const { id, token } = await create();
  await noteServiceTokenUse(dataPlane, id, { ip: "2001:db8::7", secretVersion: 1 });
  expect(await listed(id)).toMatchObject({
    lastUsedIp: "2001:db8::7",
    lastUsedAt: expect.any(String),
    updatedAt: token.updatedAt,
  });
});

it.each([
  ["rotate", (id: string) => rotateServiceToken(ada, { id, graceHours: 0 })],
  ["extend", (id: string) => extendServiceToken(ada, id)],
  ["disable", (id: string) => setServiceTokenEnabled(ada, { id, enabled: false })],
  ["delete", (id: string) => removeServiceToken(ada, id)],
])("says so when there is no service token to %s", async (_, act) => {
  await expect(act(randomUUID())).rejects.toMatchObject({
    code: "not_found",
    message: "That service token no longer exists.",
  });
});
