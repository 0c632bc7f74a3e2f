import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connectorFor } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import { readDiscovery } from "@/lib/oidc/discovery";
import { complete, prepare } from "@/lib/oidc/round-trip";
import type { Diagnosis, TraceStep } from "@/lib/oidc/schema";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { REQUEST_FAULTS } from "./faults/requests";
import { type Practice, type PracticeProvider, startPractice } from "./index";
import { signInAt } from "./sign-in";

const CALLBACK = "http://localhost:3999/cdn-cgi/access/callback";

// Keys are made and tokens signed, on whatever machine this is.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let practice: Practice;
let policy: OutboundPolicy;
let generic: PracticeProvider;
let discovered: Config;
beforeAll(async () => {
  practice = await startPractice({ port: 0, redirectUris: [CALLBACK] });
  policy = { allow: practice.providers.map(({ hostPort }) => hostPort) };
  const found = practice.providers.find(({ id }) => id === "generic");
  if (!found) throw new Error("no generic provider");
  generic = found;
  const report = await readDiscovery(policy, String(generic.fields.discovery_url));
  discovered = { ...report.discovered, par_url: report.offers.parUrl };
  expect(report.tips?.join(" ")).toContain("(DPoP)");
});
afterAll(() => practice.stop());

interface Ended {
  steps: TraceStep[];
  diagnosis: Diagnosis | null;
  warnings: string[];
}

/** A whole Test, from what an admin would have saved. */
async function runTest(clientId: string, changes: Config): Promise<Ended> {
  const connector = connectorFor("oidc");
  const names = new Set(connector.fields.map(({ name }) => name));
  const filled = Object.entries(discovered).filter(([name]) => names.has(name));
  const config = {
    ...Object.fromEntries(filled),
    ...generic.fields,
    client_id: clientId,
    ...changes,
  };
  const connection = connector.open(config, null);
  const attempt = {
    state: randomBytes(24).toString("base64url"),
    nonce: randomBytes(24).toString("base64url"),
    codeVerifier: randomBytes(32).toString("base64url"),
    redirectUri: CALLBACK,
  };
  const context = { steps: [], advice: {} };
  const begun = await prepare(connection, policy, attempt, context);
  if (begun.url === null) return { ...begun, warnings: [] };
  const back = await signInAt(begun.url, "ada", { deny: false });
  const outcome = await complete(connection, policy, attempt, new URL(back).searchParams, {
    ...context,
    steps: begun.steps,
  });
  const text = JSON.stringify(outcome);
  for (const secret of [attempt.state, attempt.codeVerifier, generic.fields.client_secret]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/urn:ietf:params:oauth:request_uri:[\w-]/);
  expect(text).not.toMatch(/eyJ[\w-]{10,}\.[\w-]+\./);
  return { ...outcome, warnings: outcome.warnings.map(({ code }) => code) };
}

const BOUND = { dpop: true };
const AGED = { max_age: 600 };

const FAILING: readonly [string, Config, string, string, string | null][] = [
  ["variant-par-required", { par_url: "" }, "par_required", "callback", "par_url"],
  ["fault-par-refused", {}, "par_refused", "authorize", "par_url"],
  ["fault-par-redirect-uri", {}, "par_redirect_uri", "authorize", null],
  ["fault-par-invalid-client", {}, "invalid_client", "authorize", "client_secret"],
  ["fault-par-html", {}, "par_html", "authorize", "par_url"],
  ["fault-par-redirect", {}, "par_redirect", "authorize", "par_url"],
  ["fault-par-404", {}, "par_not_found", "authorize", "par_url"],
  ["fault-par-500", {}, "par_status", "authorize", "par_url"],
  ["fault-par-empty", {}, "par_incomplete", "authorize", "par_url"],
  ["fault-par-hang", {}, "par_timeout", "authorize", "par_url"],
  ["variant-dpop", {}, "dpop_required", "exchange", "dpop"],
  ["fault-dpop-refused", BOUND, "dpop_refused", "exchange", "dpop"],
  ["fault-dpop-nonce-again", BOUND, "dpop_nonce", "exchange", "dpop"],
  ["variant-max-age-ignored", AGED, "auth_time_old", "id_token", "max_age"],
  ["fault-auth-time-missing", AGED, "auth_time_missing", "id_token", "max_age"],
  ["fault-auth-time-milliseconds", AGED, "auth_time_future", "id_token", "max_age"],
];

test.each(FAILING)("%s with %o: %s at %s", async (clientId, changes, code, step, field) => {
  const { diagnosis, steps } = await runTest(clientId, changes);
  expect(diagnosis).toMatchObject({ code, step, field });
  expect(steps.at(-1)).toMatchObject({ step, status: "failed" });
  expect(`${diagnosis?.cause} ${diagnosis?.fixes.join(" ")}`).not.toMatch(/[{}]|\.\./);
});

/** The mended setting, or what was never broken. */
const PASSING: readonly [string, Config, string[]][] = [
  ["gatehouse", {}, []],
  ["gatehouse", { par_url: "" }, []],
  ["gatehouse", { max_age: 0, prompt: "login" }, []],
  ["gatehouse", { extra_params: ["acr_values=urn:x", "domain_hint=acme.com, and=more"] }, []],
  ["gatehouse", { ...BOUND, claims: ["biography"] }, []],
  ["variant-par-required", {}, []],
  ...REQUEST_FAULTS.filter(({ id }) => id.startsWith("fault-par-")).map(
    ({ id }): [string, Config, string[]] => [id, { par_url: "" }, []],
  ),
  ["variant-dpop", BOUND, []],
  ["variant-dpop-nonce", BOUND, []],
  ["fault-dpop-bearer", BOUND, ["dpop_bearer"]],
  ["variant-max-age-ignored", {}, []],
  ["variant-max-age-ignored", { max_age: 7200 }, []],
  ["fault-auth-time-missing", {}, []],
];

test.each(PASSING)("%s with %o passes", async (clientId, changes, warnings) => {
  const ended = await runTest(clientId, changes);
  expect(ended.diagnosis).toBeNull();
  expect(ended.warnings).toEqual(warnings);
});

test("everything that this page of faults offers is tried", () => {
  const tried = new Set([...FAILING, ...PASSING].map(([clientId]) => clientId));
  expect(REQUEST_FAULTS.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
});

test("a bound token opens user info, and the proof is in no trace", async () => {
  const { steps } = await runTest("variant-dpop-nonce", {
    ...BOUND,
    claims: ["not-in-the-id-token"],
  });
  const userInfo = steps.find(({ step }) => step === "user_info");
  const last = userInfo?.exchanges.at(-1);
  expect(last?.status).toBe(200);
  expect(last?.requestHeaders).toMatchObject({
    authorization: "DPoP [redacted]",
    dpop: "[redacted]",
  });
});
