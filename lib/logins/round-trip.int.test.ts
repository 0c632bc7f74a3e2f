import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { admins } from "@/db/schema/admins";
import { loginMethods } from "@/db/schema/login-methods";
import { logins } from "@/db/schema/logins";
import { useTestDatabase } from "@/db/testing";
import { asAdmin, viewerOf } from "@/lib/admins/capability";
import { dataPlane } from "@/lib/http/data-plane";
import { type CountingProxy, countingProxy } from "@/lib/http/testing-journey";
import type { Admin } from "@/lib/kit/actor";
import { randomToken } from "@/lib/kit/secrets";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import {
  addLoginMethod,
  changeLoginMethod,
  openLoginMethod,
  removeLoginMethod,
} from "@/lib/login-methods/store";
import { arriveFromProvider, departForProvider } from "@/lib/test-runs/round-trip";
import { startTestRun } from "@/lib/test-runs/start";
import { getTestRun } from "@/lib/test-runs/store";
import { type Practice, startPractice } from "@/practice";
import { signInAt } from "@/practice/sign-in";
import { finishLogin } from "./finish";
import { deleteOldLogins } from "./records/store";
import type { LoginTarget } from "./schema";
import { startLogin } from "./start";
import { type Claim, claimLogin, endLogin, isMethodOpen, newLogin } from "./store";

const TEAM = "http://localhost:3999";
const CALLBACK = `${TEAM}/cdn-cgi/access/callback`;

vi.stubEnv("GATEHOUSE_URL", TEAM);
vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
useTestDatabase();

let practice: Practice;
let tokens: CountingProxy;
let admin: Admin;
let endpoints: Record<string, string>;
let fields: Record<string, string>;

beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  const provider = practice.providers.find(({ id }) => id === "generic");
  if (!provider) throw new Error("no generic provider");
  fields = provider.fields;
  const document = await fetch(`http://${provider.hostPort}/.well-known/openid-configuration`);
  endpoints = await document.json();
  tokens = await countingProxy(endpoints.token_endpoint ?? "");
  const db = await database();
  const who = { name: "Ada", email: "ada@console.example", role: "admin" } as const;
  const [row] = await db
    .insert(admins)
    .values({ ...who, passwordHash: "-" })
    .returning({ id: admins.id });
  admin = asAdmin(
    viewerOf({ id: row?.id ?? "", ...who }, { ip: null, requestId: "test", door: "console" }),
  );
});
afterAll(async () => {
  await practice.stop();
  await tokens.close();
});

const settings = (over: Record<string, unknown> = {}) => ({
  client_id: fields.client_id,
  client_secret: fields.client_secret,
  auth_url: endpoints.authorization_endpoint,
  token_url: tokens.url,
  certs_url: endpoints.jwks_uri,
  issuer: endpoints.issuer,
  pkce_enabled: true,
  ...over,
});
const valuesOf = (over: Record<string, unknown> = {}) => ({
  name: `Practice ${randomUUID()}`,
  config: settings(over),
});
const addMethod = (over: Record<string, unknown> = {}) =>
  addLoginMethod(admin, { kind: "oidc", values: valuesOf(over) });

const TARGET: LoginTarget = {
  applicationId: "6f1e4b1e-6c0a-4b57-9d6f-0a1b2c3d4e5f",
  host: "app.example.com",
  path: "/reports?month=5",
  meta: null,
  otherAccount: false,
};

const start = (loginMethodId: string, browser: string, otherAccount = false) =>
  startLogin(dataPlane, {
    loginMethodId,
    target: { ...TARGET, otherAccount },
    browser,
    redirectUri: CALLBACK,
    ref: "ABCD-2345",
    ip: "192.0.2.7",
    userAgent: "a browser",
  });

/** A login whose browser stands before the callback, its provider's answer in hand. */
async function signedIn(over: Record<string, unknown> = {}) {
  const method = await addMethod(over);
  const browser = randomToken();
  const began = await start(method.id, browser);
  if (began.kind !== "provider") throw new Error(began.kind);
  const query = new URL(await signInAt(began.url, "ada")).searchParams;
  return { method, browser, query, state: query.get("state") ?? "", before: tokens.count() };
}
type SignedIn = Awaited<ReturnType<typeof signedIn>>;

async function claimed({ state, browser }: Pick<SignedIn, "state" | "browser">): Promise<Claim> {
  const arrival = await claimLogin(dataPlane, state, browser);
  if (arrival.kind !== "claimed") throw new Error(arrival.kind);
  return arrival.claim;
}

async function rowOf(loginMethodId: string) {
  const db = await database();
  const [row] = await db.select().from(logins).where(eq(logins.loginMethodId, loginMethodId));
  if (!row) throw new Error("no login");
  return row;
}

const codeOf = (row: { outcome: unknown }): unknown =>
  (row.outcome as { diagnosis?: { code?: string } | null }).diagnosis?.code;

describe("a login", () => {
  it("goes to the provider and back, and tells who came", async () => {
    const trip = await signedIn();
    expect(await rowOf(trip.method.id)).toMatchObject({ status: "waiting", ip: "192.0.2.7" });
    const claim = await claimed(trip);
    expect(claim).toMatchObject({ ref: "ABCD-2345", target: TARGET, redirectUri: CALLBACK });
    const finish = await finishLogin(claim, trip.query);
    expect(finish).toMatchObject({
      kind: "identified",
      person: {
        email: "ada@example.com",
        issuer: endpoints.issuer,
        loginMethod: { id: trip.method.id, kind: "oidc" },
      },
    });
    expect(tokens.count()).toBe(trip.before + 1);
    if (finish.kind === "identified") await endLogin(claim.login, "passed", finish.outcome);
    const steps = ["configuration", "keys", "authorize", "callback", "exchange", "id_token"];
    const row = await rowOf(trip.method.id);
    expect(row.status).toBe("passed");
    expect((row.outcome as { steps: { step: string }[] }).steps.map(({ step }) => step)).toEqual([
      ...steps,
      "user_info",
      "identity",
    ]);
  });

  it("keeps no state, code, secret, cookie, token or address to go to in the clear", async () => {
    const trip = await signedIn();
    const claim = await claimed(trip);
    const secrets = [trip.state, trip.browser, claim.secrets.codeVerifier];
    const held = JSON.stringify(await rowOf(trip.method.id));
    for (const secret of [...secrets, "/reports"]) expect(held).not.toContain(secret);
    const finish = await finishLogin(claim, trip.query);
    if (finish.kind === "identified") await endLogin(claim.login, "passed", finish.outcome);
    const row = await rowOf(trip.method.id);
    expect(row.sealed).toBe("");
    const text = JSON.stringify(row);
    for (const secret of [...secrets, trip.query.get("code") ?? "-", fields.client_secret ?? "-"]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20}/);
  });

  it("asks the provider for another account when the person wants that", async () => {
    const method = await addMethod();
    const plain = await start(method.id, randomToken());
    const other = await start(method.id, randomToken(), true);
    const promptOf = (began: typeof plain) =>
      began.kind === "provider" ? new URL(began.url).searchParams.get("prompt") : began.kind;
    expect([promptOf(plain), promptOf(other)]).toEqual([null, "login"]);
  });

  it("that the person cancels is saved as failed, with its trace", async () => {
    const method = await addMethod();
    const browser = randomToken();
    const began = await start(method.id, browser);
    const url = began.kind === "provider" ? began.url : "";
    const query = new URL(await signInAt(url, "ada", { deny: true })).searchParams;
    const claim = await claimed({ state: query.get("state") ?? "", browser });
    expect(await finishLogin(claim, query)).toMatchObject({
      kind: "failed",
      diagnosis: { code: "access_denied" },
    });
    const row = await rowOf(method.id);
    expect([row.status, codeOf(row), row.sealed]).toEqual(["failed", "access_denied", ""]);
  });

  it("does not begin when the keys cannot be read, and its trace says so", async () => {
    const method = await addMethod({ certs_url: `${endpoints.issuer}/nothing-here` });
    expect(await start(method.id, randomToken())).toMatchObject({
      kind: "failed",
      method: { id: method.id },
      diagnosis: { field: "certs_url" },
    });
    expect(await rowOf(method.id)).toMatchObject({ status: "failed", sealed: "" });
  });
});

describe("logins that strangers begin and nobody goes on with", () => {
  it("read the provider's keys once a minute, and store no answer of it (hammering)", async () => {
    const certs = await countingProxy(endpoints.jwks_uri ?? "");
    const method = await addMethod({ certs_url: certs.url });
    for (let at = 0; at < 5; at += 1) {
      expect((await start(method.id, randomToken())).kind).toBe("provider");
    }
    expect(certs.count()).toBe(1);
    const db = await database();
    const rows = await db.select().from(logins).where(eq(logins.loginMethodId, method.id));
    expect(rows).toHaveLength(5);
    expect(JSON.stringify(rows)).not.toContain("kty");
    const { id, version } = method;
    const values = valuesOf({ certs_url: certs.url, scopes: ["openid", "email"] });
    await changeLoginMethod(admin, { id, version, values });
    await start(method.id, randomToken());
    expect(certs.count()).toBe(2);
    await certs.close();
  });

  it("are forgotten an hour after their time, and failed ones beyond a number (full disk)", async () => {
    const db = await database();
    await db.delete(logins);
    const waiting = await addMethod();
    const failing = await addMethod({ certs_url: `${endpoints.issuer}/nothing-here` });
    for (const { id } of [waiting, waiting, failing, failing, failing]) {
      await start(id, randomToken());
    }
    const statuses = async () => {
      const rows = await db.select({ status: logins.status }).from(logins);
      return rows.map(({ status }) => status).sort();
    };
    await deleteOldLogins(dataPlane, 2);
    expect(await statuses()).toEqual(["failed", "failed", "waiting", "waiting"]);
    await db.update(logins).set({ expiresAt: sql`now() - interval '61 minutes'` });
    await deleteOldLogins(dataPlane, 2);
    expect(await statuses()).toEqual(["failed", "failed"]);
  });
});

describe("replay and fixation", () => {
  it("replayed state: one callback goes on, the others learn that it is over", async () => {
    const trip = await signedIn();
    const arrivals = await Promise.all(
      Array.from({ length: 8 }, () => claimLogin(dataPlane, trip.state, trip.browser)),
    );
    expect(arrivals.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(arrivals.filter(({ kind }) => kind === "over")).toHaveLength(7);
  });

  it("code in another browser: broken off before the code is used, for the first one too", async () => {
    const trip = await signedIn();
    const elsewhere = await claimLogin(dataPlane, trip.state, randomToken());
    expect(elsewhere).toMatchObject({ kind: "other_browser", ref: "ABCD-2345" });
    expect(await claimLogin(dataPlane, trip.state, trip.browser)).toMatchObject({ kind: "over" });
    expect(tokens.count()).toBe(trip.before);
    expect((await rowOf(trip.method.id)).sealed).toBe("");
  });

  it("missing cookie: broken off", async () => {
    const { state } = await signedIn();
    expect((await claimLogin(dataPlane, state, null)).kind).toBe("other_browser");
    expect((await claimLogin(dataPlane, state, null)).kind).toBe("unknown");
  });

  it("a stranger learns nothing about a login that is over", async () => {
    const trip = await signedIn();
    await finishLogin(await claimed(trip), trip.query);
    expect(await claimLogin(dataPlane, trip.state, randomToken())).toEqual({ kind: "unknown" });
  });

  it.each(["", "made-up", "a".repeat(8000), "\u0000"])("foreign state: %.20j", async (state) => {
    expect(await claimLogin(dataPlane, state, randomToken())).toEqual({ kind: "unknown" });
  });

  it("expired: the answer is not used", async () => {
    const trip = await signedIn();
    const db = await database();
    await db.update(logins).set({ expiresAt: sql`now()` }).where(eq(logins.ref, "ABCD-2345"));
    expect((await claimLogin(dataPlane, trip.state, randomToken())).kind).toBe("unknown");
    expect((await claimLogin(dataPlane, trip.state, trip.browser)).kind).toBe("expired");
    expect((await claimLogin(dataPlane, trip.state, trip.browser)).kind).toBe("over");
  });

  it("a code of another login does not pass under this one's state", async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const mixed = new URLSearchParams(one.query);
    mixed.set("code", two.query.get("code") ?? "");
    expect((await finishLogin(await claimed(one), mixed)).kind).toBe("failed");
  });

  it("mix-up: an answer in the name of another issuer is refused before the exchange", async () => {
    const trip = await signedIn();
    const foreign = new URLSearchParams(trip.query);
    foreign.set("iss", "https://evil.example");
    expect((await finishLogin(await claimed(trip), foreign)).kind).toBe("failed");
    expect(tokens.count()).toBe(trip.before);
  });

  it("a test's state completes no login, and a login's state no test", async () => {
    const trip = await signedIn();
    expect(await arriveFromProvider(trip.query, () => trip.browser)).toEqual({ kind: "unknown" });
    expect((await rowOf(trip.method.id)).status).toBe("waiting");
    const run = await startTestRun(admin, trip.method.id, null);
    const ticket = new URL(run.url).searchParams.get("ticket") ?? "";
    const departure = await departForProvider(run.runId, ticket);
    const url = departure.kind === "provider" ? departure.url : "";
    const state = new URL(url).searchParams.get("state") ?? "";
    expect(await claimLogin(dataPlane, state, trip.browser)).toEqual({ kind: "unknown" });
    expect((await getTestRun(admin, run.runId)).state).toBe("waiting");
  });

  it("a login opens its own login method and no other", async () => {
    const [one, two] = [await addMethod(), await addMethod()];
    const login = newLogin(dataPlane, one.id);
    expect((await openLoginMethod(login, one.id)).id).toBe(one.id);
    await expect(openLoginMethod(login, two.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("settings that change in the middle of a login", () => {
  const refusedWith = async (trip: SignedIn, code: string) => {
    const claim = await claimed(trip);
    expect(await finishLogin(claim, trip.query)).toMatchObject({
      kind: "failed",
      diagnosis: { code },
    });
    expect(tokens.count()).toBe(trip.before);
    expect(await rowOf(trip.method.id)).toMatchObject({ status: "failed", sealed: "" });
    expect(codeOf(await rowOf(trip.method.id))).toBe(code);
    return claim;
  };

  it("disabled means disabled: the code is not exchanged", async () => {
    const trip = await signedIn();
    await setLoginMethodEnabled(admin, { id: trip.method.id, enabled: false });
    const { login } = await refusedWith(trip, "login_method_closed");
    expect(await isMethodOpen(login)).toBe(false);
  });

  it("deleted means deleted", async () => {
    const trip = await signedIn();
    await removeLoginMethod(admin, trip.method.id);
    const { login } = await refusedWith(trip, "login_method_closed");
    expect(await isMethodOpen(login)).toBe(false);
  });

  it("other settings do not judge an answer to the old ones", async () => {
    const trip = await signedIn();
    const { id, version } = trip.method;
    await changeLoginMethod(admin, {
      id,
      version,
      values: valuesOf({ scopes: ["openid", "email"] }),
    });
    const { login } = await refusedWith(trip, "changed_during_login");
    expect(await isMethodOpen(login)).toBe(true);
  });

  it("a disabled or deleted login method begins nothing", async () => {
    const method = await addMethod();
    await setLoginMethodEnabled(admin, { id: method.id, enabled: false });
    expect((await start(method.id, randomToken())).kind).toBe("closed");
    expect(await start(randomUUID(), randomToken())).toEqual({ kind: "closed", method: null });
  });
});

describe("an issuer that nobody has proved", () => {
  it("lets nobody begin, and the trace tells the admin to test", async () => {
    const method = await addMethod({ issuer: undefined });
    expect(await start(method.id, randomToken())).toMatchObject({
      kind: "failed",
      diagnosis: {
        code: "issuer_unknown",
        fixes: expect.arrayContaining([expect.stringMatching(/choose Test/)]),
      },
    });
  });

  it("is pinned by a test, and never by a login", async () => {
    const method = await addMethod({ issuer: undefined });
    await start(method.id, randomToken());
    const db = await database();
    const pinned = async () => {
      const [row] = await db.select().from(loginMethods).where(eq(loginMethods.id, method.id));
      return row?.pinnedIssuer;
    };
    expect(await pinned()).toBeNull();
    await db
      .update(loginMethods)
      .set({ pinnedIssuer: endpoints.issuer ?? "" })
      .where(eq(loginMethods.id, method.id));
    expect((await start(method.id, randomToken())).kind).toBe("provider");
  });
});
