import { isNotNull, sql } from "drizzle-orm";
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from "jose";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { signingKeys } from "@/db/schema/signing-keys";
import { gate } from "@/lib/gate/state";
import { rotateSigningKey } from "@/lib/keys/store";
import { processState } from "@/lib/kit/process-state";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";
import { PersonBrowser } from "./testing-login";
import { enter, insertOpenApplication, tokenIn, usePeople } from "./testing-people";

const people = usePeople();
const HOST = "wiki.example.com";
const DAY_MS = 24 * 3_600_000;

const certs = async () => {
  const response = await machine().request(`${CONSOLE}/cdn-cgi/access/certs`);
  return response.json();
};
const kidsIn = ({ keys }: { keys: { kid: string }[] }) => keys.map(({ kid }) => kid);
const verify = (token: string) =>
  jwtVerify(
    token,
    createRemoteJWKSet(new URL(`${CONSOLE}/cdn-cgi/access/certs`), {
      [customFetch]: async (url: string) => machine().request(url),
    }),
    { issuer: CONSOLE },
  );
const allowed = async (token: string) =>
  (await new PersonBrowser().ask(HOST, "/", {}, { cookie: `CF_Authorization=${token}` })).allowed;

/** Rotates, as if two minutes had passed; a process would sign with the key that it knows for some seconds more. */
async function rotate(): Promise<void> {
  await rotateSigningKey(people.owner);
  const db = await database();
  await db
    .update(signingKeys)
    .set({ retiredAt: sql`now()` })
    .where(isNotNull(signingKeys.retiredAt));
  processState<{ current: unknown }>("signing-key", () => ({ current: null })).current = null;
  await gate().reload();
}

let before: string;
let after: string;

beforeAll(async () => {
  await insertOpenApplication(HOST, { settings: { session_duration: "720h" } });
  const browser = new PersonBrowser();
  await enter(browser, HOST, people.method);
  before = tokenIn(browser, HOST);
  await rotate();
  const another = new PersonBrowser();
  await enter(another, HOST, people.method);
  after = tokenIn(another, HOST);
});
afterEach(() => vi.useRealTimers());

it("after a rotation, tokens of both keys open, and certs shows both, the new one first", async () => {
  const kids = [after, before].map((token) => decodeProtectedHeader(token).kid);
  expect(kids[0]).not.toBe(kids[1]);
  const published = await certs();
  expect(kidsIn(published)).toEqual(kids);
  expect(published.public_cert.kid).toBe(kids[0]);
  expect(published.public_certs.map(({ kid }: { kid: string }) => kid)).toEqual(kids);
  for (const token of [before, after]) {
    expect(await allowed(token)).toBe(true);
    expect((await verify(token)).payload).toMatchObject({ email: "ada@example.com" });
  }
});

it("a token that lives for a month opens as long, though its key has retired", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 29 * DAY_MS });
  expect(await allowed(before)).toBe(true);
});

it("the gate takes no token of a key that is over, be nothing else new for a week", async () => {
  const db = await database();
  await db
    .update(signingKeys)
    .set({ expiresAt: sql`retired_at + interval '7 days'` })
    .where(isNotNull(signingKeys.retiredAt));
  await gate().reload();
  const { revision } = gate().snapshot() ?? {};
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7 * DAY_MS - 60_000 });
  expect(await allowed(before)).toBe(true);
  vi.setSystemTime(Date.now() + 2 * 60_000);
  expect(await allowed(before)).toBe(false);
  expect(await allowed(after)).toBe(true);
  expect(gate().snapshot()?.revision).toBe(revision);
});

it("certs and get-identity know no key that is over", async () => {
  const db = await database();
  await db
    .update(signingKeys)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(isNotNull(signingKeys.retiredAt));
  await gate().reload();
  expect(kidsIn(await certs())).toEqual([decodeProtectedHeader(after).kid]);
  await expect(verify(before)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
  const status = async (token: string) => {
    const headers = { cookie: `CF_Authorization=${token}`, "x-forwarded-host": HOST };
    const url = `http://${HOST}/cdn-cgi/access/get-identity`;
    return (await machine().request(url, { headers })).status;
  };
  expect(await status(before)).toBe(401);
  expect(await status(after)).toBe(200);
  await vi.waitFor(async () => expect(await allowed(before)).toBe(false));
});
