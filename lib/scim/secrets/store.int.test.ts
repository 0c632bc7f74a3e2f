import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/audit-log";
import { scimHealth, scimLog, scimSecrets } from "@/db/schema/scim";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Origin, Owner, ScimClient } from "@/lib/kit/actor";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import type { SavedLoginMethod } from "@/lib/login-methods/schema";
import { addLoginMethod, changeLoginMethod, removeLoginMethod } from "@/lib/login-methods/store";
import { scimHealthOf, scimStates } from "../health/store";
import { noteScimFailure } from "../log/store";
import { authenticateScim, listScimSecrets, regenerateScimSecret } from "./store";

useTestDatabase();
let ada: Owner;
beforeAll(async () => {
  ada = await firstOwner();
});
beforeEach(async () => {
  await (await database()).execute(sql`truncate login_methods, audit_log, scim_log cascade`);
});

const config = {
  client_id: "gatehouse",
  client_secret: "not a real one",
  auth_url: "https://id.acme.test/authorize",
  token_url: "https://id.acme.test/token",
  certs_url: "https://id.acme.test/jwks",
};
const ON = { enabled: true, user_deprovision: true } as const;
const add = (scim: object = ON) =>
  addLoginMethod(ada, { kind: "oidc", values: { name: `Acme ${randomUUID()}`, config, scim } });
const change = ({ id, version, name }: SavedLoginMethod, scim: object) =>
  changeLoginMethod(ada, {
    ...{ id, version },
    values: { name, config: { ...config, client_secret: "" }, scim },
  });

let serial = 0;
/** Another address each time: failures of one test must not slow down the next. */
function from(ip?: string): Origin {
  serial = (serial + 1) % 250;
  return { ip: ip ?? `198.51.100.${serial}`, requestId: randomUUID(), door: "scim" };
}
const enter = (id: string, header: string | null, origin = from()) =>
  authenticateScim(id, header, origin, "Okta SCIM Client 1.0.0");
const secretOf = ({ scimSecret }: SavedLoginMethod): string => scimSecret?.secret ?? "none";

async function refused(entering: Promise<ScimClient>): Promise<string> {
  const error = await entering.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ name: "ScimError", status: 401 });
  return (error as Error).message;
}

describe("a SCIM Secret", () => {
  it("is made when SCIM is first enabled, answered once, and kept as a hash", async () => {
    const off = await add({ enabled: false });
    expect(off).not.toHaveProperty("scimSecret");
    const on = await change(off, ON);
    expect(on.scimSecret?.secret).toMatch(/^[\w-]{43}$/);
    expect(await change(on, { ...ON, identity_update_behavior: "reauth" })).not.toHaveProperty(
      "scimSecret",
    );
    const db = await database();
    const stored = [await db.select().from(scimSecrets), await db.select().from(auditLog)];
    expect(JSON.stringify(stored)).not.toContain(secretOf(on));
    expect(await listScimSecrets(ada, on.id)).toMatchObject([
      { expiresAt: null, lastUsedAt: null, createdByName: "Ada" },
    ]);
  });

  it.each(["Bearer ", "bearer ", ""])("lets in behind %j", async (scheme) => {
    const method = await add();
    const client = await enter(method.id, `${scheme}${secretOf(method)}`, from("203.0.113.9"));
    expect(client).toMatchObject({
      loginMethodId: method.id,
      loginMethodName: method.name,
      loginMethodKind: "oidc",
      settings: { user_deprovision: true, seat_deprovision: false },
      userAgent: "Okta SCIM Client 1.0.0",
    });
    expect(client.settings).not.toHaveProperty("enabled");
    const [secret] = await listScimSecrets(ada, method.id);
    expect(secret).toMatchObject({ lastUsedIp: "203.0.113.9", lastUsedAt: expect.any(String) });
    expect(await scimHealthOf(ada, method.id)).toMatchObject({
      ...{ lastIp: "203.0.113.9", lastClient: "Okta SCIM Client 1.0.0", lastError: null },
      ...{ users: 0, groups: 0 },
    });
  });

  it("that is wrong in any way gets one answer, which tells a stranger nothing", async () => {
    const [method, other, off] = [await add(), await add(), await add({ enabled: false })];
    const attempts: [string, string | null][] = [
      [method.id, "Bearer wrong"],
      [method.id, null],
      [method.id, `Bearer ${secretOf(other)}`],
      [off.id, `Bearer ${secretOf(method)}`],
      [randomUUID(), `Bearer ${secretOf(method)}`],
      ["no-uuid' or 1=1", `Bearer ${secretOf(method)}`],
    ];
    const answers = new Set<string>();
    for (const [id, header] of attempts) answers.add(await refused(enter(id, header)));
    expect(answers.size).toBe(1);
  });

  it("stops at once with its login method, with SCIM, and when it is deleted", async () => {
    const method = await add();
    const bearer = `Bearer ${secretOf(method)}`;
    await enter(method.id, bearer);
    await setLoginMethodEnabled(ada, { id: method.id, enabled: false });
    await refused(enter(method.id, bearer));
    await setLoginMethodEnabled(ada, { id: method.id, enabled: true, untested: "accept" });
    await enter(method.id, bearer);
    const off = await change(method, { ...ON, enabled: false });
    await refused(enter(method.id, bearer));
    expect(await change(off, ON)).not.toHaveProperty("scimSecret");
    await enter(method.id, bearer);
    await removeLoginMethod(ada, method.id);
    await refused(enter(method.id, bearer));
    expect(await (await database()).$count(scimSecrets)).toBe(0);
  });

  it("tells the admin why it was refused, in the log and as the last refusal", async () => {
    const method = await add();
    await refused(enter(method.id, "Bearer wrong"));
    await refused(enter(method.id, "Bearer wrong-again"));
    const db = await database();
    const entries = await db.select().from(scimLog).where(eq(scimLog.loginMethodId, method.id));
    expect(entries).toMatchObject([{ status: 401, error: expect.stringContaining("right one") }]);
    expect(await scimHealthOf(ada, method.id)).toMatchObject({
      ...{ lastAt: null, lastRefusal: expect.stringContaining("right one"), lastError: null },
    });
    const off = await add({ enabled: false });
    await refused(enter(off.id, "Bearer wrong"));
    expect(await db.$count(scimHealth, eq(scimHealth.loginMethodId, off.id))).toBe(0);
  });
});

it("wrong secrets of a stranger neither make SCIM look broken nor hide what is", async () => {
  const method = await add();
  const client = await enter(method.id, secretOf(method));
  await refused(enter(method.id, "Bearer wrong"));
  expect((await scimStates(ada))[method.id]).toMatchObject({ failing: false });
  await noteScimFailure(client, {
    method: "GET",
    path: "/Users/1",
    status: 404,
    error: "No user.",
  });
  await refused(enter(method.id, "Bearer wrong"));
  expect((await scimStates(ada))[method.id]).toMatchObject({ failing: true });
  expect(await scimHealthOf(ada, method.id)).toMatchObject({
    ...{ lastError: "No user.", lastRefusal: expect.stringContaining("right one") },
  });
  await enter(method.id, secretOf(method));
  expect((await scimStates(ada))[method.id]).toMatchObject({ failing: false });
  expect(await scimHealthOf(ada, method.id)).toMatchObject({ lastRefusalAt: null });
});

describe("Regenerate Secret", () => {
  const regenerate = async ({ id }: { id: string }, overlapHours: 0 | 1 | 24) =>
    (await regenerateScimSecret(ada, { loginMethodId: id, overlapHours })).secret;

  it.each([
    { overlapHours: 0, works: false },
    { overlapHours: 1, works: true },
    { overlapHours: 24, works: true },
  ] as const)("with an overlap of $overlapHours h", async ({ overlapHours, works }) => {
    const method = await add();
    const next = await regenerate(method, overlapHours);
    await enter(method.id, next);
    const old = enter(method.id, secretOf(method));
    await (works ? old : refused(old));
    const db = await database();
    await db.execute(sql`update scim_secrets set expires_at = now() - interval '1 ms'
      where expires_at is not null`);
    await refused(enter(method.id, secretOf(method)));
    await enter(method.id, next);
  });

  it("leaves two secrets at most: one from before the last ends at once", async () => {
    const method = await add();
    const second = await regenerate(method, 24);
    const third = await regenerate(method, 24);
    await refused(enter(method.id, secretOf(method)));
    await enter(method.id, second);
    await enter(method.id, third);
    expect((await listScimSecrets(ada, method.id)).map(({ expiresAt }) => expiresAt)).toEqual([
      null,
      expect.any(String),
    ]);
  });

  it("is in the Admin log, without the secret", async () => {
    const method = await add();
    const next = await regenerate(method, 1);
    const db = await database();
    const [entry] = await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "login_method.regenerate_scim_secret"));
    expect(entry).toMatchObject({ targetId: method.id, actorName: "Ada" });
    expect(JSON.stringify(entry)).not.toContain(next);
    expect(JSON.stringify(entry)).toContain("1 hour");
  });

  it("is refused where SCIM is off, and where there is no login method", async () => {
    const off = await add({ enabled: false });
    await expect(regenerate(off, 0)).rejects.toMatchObject({ code: "conflict" });
    await expect(regenerate({ id: randomUUID() }, 0)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("too many requests", () => {
  let later = Date.now();
  // Time stands still, so that no address is let in again meanwhile; it never goes back.
  beforeEach(() => {
    later += 60_000;
    vi.useFakeTimers({ toFake: ["Date"], now: later });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("an address that guesses must wait, and a secret that is known from there must not", async () => {
    const method = await add();
    const shared = "192.0.2.77";
    await enter(method.id, secretOf(method), from(shared));
    const answers: unknown[] = [];
    for (let i = 0; i < 80; i += 1) {
      const attempt = enter(method.id, `Bearer guess-${i}`, from(shared));
      answers.push(await attempt.catch((error: unknown) => error));
    }
    expect(answers[0]).toMatchObject({ status: 401 });
    expect(answers.at(-1)).toMatchObject({ status: 429, retryAfter: expect.any(Number) });
    await enter(method.id, secretOf(method), from(shared));
  });

  it.each([
    ["a secret that no request had since the start", async () => {}],
    [
      "a new secret",
      async (method: SavedLoginMethod) =>
        (await regenerateScimSecret(ada, { loginMethodId: method.id, overlapHours: 0 })).secret,
    ],
  ])("guesses from the provider's own address do not keep out %s", async (_which, renew) => {
    const method = await add();
    const shared = randomUUID();
    const guess = (n: number) => enter(method.id, `Bearer guess-${n}`, from(shared));
    for (let n = 0; n < 60; n += 1) await expect(guess(n)).rejects.toMatchObject({ status: 401 });
    await expect(guess(60)).rejects.toMatchObject({ status: 429 });
    const secret = (await renew(method)) ?? secretOf(method);
    // All secrets were looked up for that guess, which is good for a second.
    vi.setSystemTime(Date.now() + 1_000);
    await Promise.all([1, 2, 3].map(() => enter(method.id, secret, from(shared))));
    await expect(guess(71)).rejects.toMatchObject({ status: 429 });
  });
});
