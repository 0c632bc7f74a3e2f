import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { testRuns } from "@/db/schema/test-runs";
import { useTestDatabase } from "@/db/testing";
import { firstOwner } from "@/lib/admins/testing";
import type { Admin } from "@/lib/kit/actor";
import { catalogue, isNote } from "@/lib/oidc/catalogue";
import { networkRows } from "@/lib/oidc/catalogue/network";
import { type Practice, type PracticeProvider, startPractice } from "@/practice";
import type { PracticeFault } from "@/practice/entry";
import { applyRemedy, codesIn, diagnosisIn, testFault } from "./testing-catalogue";
import { CALLBACK, CONSOLE } from "./testing-journey";

vi.stubEnv("GATEHOUSE_URL", CONSOLE);
vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1,localhost");
useTestDatabase();

const practice: Practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
let admin: Admin;
beforeAll(async () => {
  admin = await firstOwner();
});
afterAll(() => practice.stop());
beforeEach(async () => {
  // The quota is about minutes, the tests are not.
  await (await database()).update(testRuns).set({ createdAt: sql`now() - interval '2 minutes'` });
});

interface Case {
  provider: PracticeProvider;
  fault: PracticeFault;
  name: string;
}
/** Any provider but the one of all tenants: as plain OpenID Connect, it has an end of its own below. */
const ALL: Case[] = practice.providers
  .filter(({ id }) => id !== "entra-common")
  .flatMap((provider) =>
    provider.faults.map((fault) => ({
      provider,
      fault,
      name: `${provider.id}, ${fault.clientId}`,
    })),
  );
const providerOf = (id: PracticeProvider["id"]): PracticeProvider => {
  const found = practice.providers.find((one) => one.id === id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
};
const asItIs = (provider: PracticeProvider, over: Partial<PracticeFault> = {}): PracticeFault => ({
  clientId: provider.fields.client_id ?? "",
  title: provider.label,
  expect: "",
  ...over,
});
const warningsIn = (run: Parameters<typeof codesIn>[0]) =>
  codesIn(run).filter((code) => !isNote(code));
const isSlow = ({ fault }: Case) => fault.clientId.endsWith("-hang");
const FINDING = ALL.filter(({ fault }) => typeof fault.code === "string");
const PASSING = ALL.filter(({ fault }) => fault.code === null);

async function provoke({ provider, fault }: Case): Promise<void> {
  const code = String(fault.code);
  const run = await testFault(admin, provider, fault);
  expect(codesIn(run)).toContain(code);
  const diagnosis = diagnosisIn(run, code);
  expect(diagnosis?.title).toMatch(/\S/);
  expect(diagnosis?.cause).toMatch(/[.!?…]$/);
  expect(diagnosis?.fixes.length).toBeGreaterThan(0);
  expect(`${diagnosis?.title}${diagnosis?.cause}${diagnosis?.fixes}`).not.toMatch(
    /\{[A-Z]|undefined|\[object/,
  );
  if (!fault.remedy) return;
  const again = await applyRemedy(admin, run, fault.remedy, fault.user);
  expect([again.state, warningsIn(again)]).toEqual(["passed", []]);
}

describe("a Test of every practice fault", () => {
  it.each(FINDING.filter((one) => !isSlow(one)))("$name: $fault.code", provoke);

  it("those that hang, all at once", async () => {
    await Promise.all(FINDING.filter(isSlow).map(provoke));
  });

  it.each(PASSING)("$name passes", async ({ provider, fault }) => {
    const run = await testFault(admin, provider, fault);
    expect([run.state, warningsIn(run)]).toEqual(["passed", []]);
  });

  it("endpoints for all tenants, as plain OpenID Connect: issuer_template", async () => {
    const provider = providerOf("entra-common");
    const run = await testFault(admin, provider, asItIs(provider));
    expect(diagnosisIn(run, "issuer_template")?.remedies[0]?.label).toMatch(
      /^Use http.* as Issuer$/,
    );
  });

  it("claims that came to one user and not to the next: claims_disappeared", async () => {
    const [provider, methodId] = [providerOf("generic"), randomUUID()];
    const setup = { claims: ["department", "groups"] };
    const first = await testFault(admin, provider, asItIs(provider, { setup }), methodId);
    expect([first.state, codesIn(first)]).toEqual(["passed", []]);
    const bob = asItIs(provider, { setup, user: "bob" });
    const second = await testFault(admin, provider, bob, methodId);
    expect(diagnosisIn(second, "claims_disappeared")?.cause).toContain("brought groups and");
    expect(codesIn(second)).toEqual(["claims_disappeared"]);
  });
});

/** Faults that no finding of a Test belongs to, and who has their tests. */
const WITHOUT_FINDING: Record<string, string[]> = {
  // The form reads discovery: practice/protocol.test.ts, e2e.
  discovery: [
    ...["html", "huge", "deep", "redirect-other-host", "proto", "wrong-issuer", "partial"],
    ...["private", "hang", "moved"],
  ].map((id) => `fault-discovery-${id}`),
  // Without its state, an answer belongs to no run: test-run.int.test.ts.
  state: ["fault-no-state", "fault-wrong-state", "fault-error-without-state"],
  // Nobody comes back: lib/oidc/check.
  silence: ["fault-unregistered-callback"],
  // They need keys that Gatehouse makes: practice/client-keys.int.test.ts.
  keys: ["variant-private-key-jwt", "variant-encrypted-id-token"],
};

/** Codes that no practice fault provokes, and why. Rows below HTTP have theirs in lib/oidc. */
const WITHOUT_FAULT: Record<string, string[]> = {
  // They come from the browser, from time, from this server, or an answer without a run.
  ends: [
    ...["browser_mismatch", "cancelled", "no_callback", "took_too_long", "unexpected"],
    ...["state_missing", "state_mismatch", "state_unknown", "callback_error_unverified"],
  ],
  // The form refuses such settings; stored ones may still be so: lib/oidc.
  settings: ["bad_url", "plain_http", "no_client_secret", "public_without_pkce", "no_client_key"],
  // Another secret than the one that practice has: lib/oidc/symmetric.test.ts.
  secrets: ["hs256_short_secret", "hs256_bad_signature"],
  // Two tests in a row: above.
  history: ["claims_disappeared"],
  // They need keys, certificates or a second secret: lib/oidc, practice/client-keys.int.test.ts.
  keys: [
    ...["client_key_audience", "client_key_refused", "certificate_ends"],
    ...["jwe_compressed", "jwe_not_signed", "jwe_undecryptable", "jwe_unsupported"],
    ...["old_secret_not_needed", "old_secret_still_needed"],
  ],
  // By users and settings of the vendors: practice/vendors.test.ts, lib/oidc.
  vendors: [
    ...["claim_not_as_required", "email_unproven", "no_verified_email"],
    ...["tenant_missing", "tenant_not_allowed"],
    ...["groups_api_forbidden", "groups_api_not_json", "groups_api_status", "groups_api_too_many"],
    ...["person_groups_failed", "person_groups_too_many", "person_no_subject"],
    ...["person_not_json", "person_status"],
  ],
};

describe("what is left out of it, with its reason", () => {
  it("faults that no finding of a Test belongs to", () => {
    const unnamed = ALL.filter(({ fault }) => fault.code === undefined);
    const ids = unnamed.map(({ fault }) => fault.clientId).sort();
    expect(ids).toEqual(Object.values(WITHOUT_FINDING).flat().sort());
  });

  it("codes that no fault provokes", () => {
    const provoked = new Set<unknown>(FINDING.map(({ fault }) => fault.code));
    const codes = Object.keys(catalogue).filter(
      (code) => !provoked.has(code) && !(code in networkRows),
    );
    expect(codes.sort()).toEqual(Object.values(WITHOUT_FAULT).flat().sort());
  });
});
