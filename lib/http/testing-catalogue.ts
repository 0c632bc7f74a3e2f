import { randomUUID } from "node:crypto";
import { connectorFor, isConnectorKind } from "@/lib/connectors";
import type { Config } from "@/lib/connectors/definition";
import type { Admin } from "@/lib/kit/actor";
import { discover } from "@/lib/login-methods/discover";
import type { Diagnosis } from "@/lib/oidc/schema";
import { diagnosesOf } from "@/lib/test-runs/diagnoses-of";
import type { TestRun } from "@/lib/test-runs/schema";
import { type DraftTest, startDraftTest } from "@/lib/test-runs/start-draft";
import { getTestRun } from "@/lib/test-runs/store";
import type { PracticeFault, PracticeProvider } from "@/practice/entry";
import { signInAt } from "@/practice/sign-in";
import { TestBrowser } from "./testing-journey";

/** What the form would hold: the values to paste, what discovery fills in, and what the fault needs. */
export async function configFor(
  admin: Admin,
  { kind, fields }: PracticeProvider,
  fault: PracticeFault,
): Promise<Config> {
  if (!isConnectorKind(kind)) throw new Error(`no connector ${kind}`);
  const connector = connectorFor(kind);
  const typed = { ...fields, client_id: fault.clientId, ...fault.fields };
  const names = new Set(connector.fields.map(({ name }) => name));
  const { discovered } = connector.discoveryUrl(typed)
    ? await discover(admin, { kind, config: typed })
    : { discovered: {} };
  const filled = Object.entries(discovered).filter(([name]) => names.has(name));
  return { ...Object.fromEntries(filled), ...typed, ...fault.setup };
}

async function travel(
  admin: Admin,
  methodId: string,
  test: DraftTest,
  user: string,
): Promise<TestRun> {
  const browser = new TestBrowser();
  const { runId, url } = await startDraftTest(admin, methodId, test);
  const next = await browser.leave(url);
  // A run that fails before the provider is asked leads to its result at once.
  if (!next.includes(runId)) await browser.open(await signInAt(next, user));
  return getTestRun(admin, runId);
}

/** Tests the settings of a fault, unsaved, as the form does. One `methodId` is one form. */
export async function testFault(
  admin: Admin,
  provider: PracticeProvider,
  fault: PracticeFault,
  methodId: string = randomUUID(),
): Promise<TestRun> {
  const values = {
    name: fault.title.slice(0, 100),
    config: await configFor(admin, provider, fault),
  };
  const settings = { kind: provider.kind, version: 0, from: null, values };
  const ids = { draft: randomUUID(), run: randomUUID() };
  return travel(admin, methodId, { ...ids, settings }, fault.user ?? "ada");
}

/** Presses the button of a result, and signs in again. */
export async function applyRemedy(
  admin: Admin,
  run: TestRun,
  label: string,
  user = "ada",
): Promise<TestRun> {
  const found = diagnosesOf(run).flatMap(({ remedies }, at) =>
    remedies.map((remedy, which) => ({ remedy, fix: `${run.id}.${at}.${which}` })),
  );
  const wanted = found.find(({ remedy }) => remedy.label === label);
  if (!wanted) {
    const offered = found.map(({ remedy }) => remedy.label).join(" | ");
    throw new Error(`No button ${label}; there are: ${offered || "none"}`);
  }
  const ids = { draft: randomUUID(), run: randomUUID() };
  return travel(admin, run.loginMethod.id, { ...ids, fix: wanted.fix }, user);
}

export const diagnosisIn = (run: TestRun, code: string): Diagnosis | undefined =>
  diagnosesOf(run).find((diagnosis) => diagnosis.code === code);

export const codesIn = (run: TestRun): string[] => diagnosesOf(run).map(({ code }) => code);
