import { generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import { type Fault, PLANTED, startTestProvider, type TestProvider } from "./provider-for-tests";
import { complete, type RoundTripContext } from "./round-trip";
import { type Connection, type Outcome, outcomeSchema } from "./schema";

export const policy = { allow: ["127.0.0.0/8"] };
export const attempt = {
  state: "planted-state-0123456789",
  nonce: "nonce-0123456789",
  codeVerifier: PLANTED.verifier,
  redirectUri: "https://acme.example.com/cdn-cgi/access/callback",
};
export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const seconds = () => Math.floor(Date.now() / 1000);

export let provider: TestProvider;
/** Keys that the provider does not publish. */
export let other: Awaited<ReturnType<typeof generateKeyPair>>;
/** One provider for the tests of a file; it behaves again before each of them. */
export function useProvider(): void {
  // Keys are made and tokens signed, on whatever machine this is.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
  beforeAll(async () => {
    provider = await startTestProvider();
    other = await generateKeyPair("RS256", { extractable: true });
  });
  afterAll(() => provider.stop());
  beforeEach(() => {
    provider.fault = {};
    provider.nonce = attempt.nonce;
    provider.hits.length = 0;
  });
}

/** What a correct provider sends back, with changes. */
export const callback = (changes: Record<string, string> = {}) =>
  new URLSearchParams({ code: PLANTED.code, state: attempt.state, ...changes });

export interface Trip {
  connection?: Partial<Connection>;
  query?: URLSearchParams;
  context?: Partial<RoundTripContext>;
}
export async function trip(
  fault: Fault,
  { connection, query, context }: Trip = {},
): Promise<Outcome> {
  provider.fault = fault;
  const outcome = await complete(
    provider.connection(connection),
    policy,
    attempt,
    query ?? callback(),
    { steps: [], advice: {}, ...context },
  );
  expectSound(outcome);
  return outcome;
}

/** True of every outcome, however it came about. */
function expectSound(outcome: Outcome): void {
  const text = JSON.stringify(outcome);
  expect(outcomeSchema.parse(JSON.parse(text))).toEqual(outcome);
  for (const planted of [...Object.values(PLANTED), attempt.state]) {
    expect(text).not.toContain(planted);
    expect(text).not.toContain(encodeURIComponent(planted));
    expect(text).not.toContain(new URLSearchParams({ v: planted }).toString().slice(2));
    expect(text).not.toContain(Buffer.from(`app-1:${planted}`).toString("base64"));
  }
  expect(text).not.toMatch(/undefined|\[object Object\]|\\u0000/);
  for (const { facts } of outcome.steps) {
    const labels = facts.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  }
  for (const diagnosis of [
    ...outcome.warnings,
    ...(outcome.diagnosis ? [outcome.diagnosis] : []),
  ]) {
    expect(diagnosis.fixes.length).toBeGreaterThan(0);
    expect(diagnosis.cause).toMatch(/[.!?…]$/);
    expect(`${diagnosis.title}${diagnosis.cause}${diagnosis.fixes.join("")}`).not.toMatch(
      /\{[A-Z]/,
    );
  }
}
