import type { Config } from "@/lib/connectors/definition";
import { type Diagnosis, type Exchange, type Fact, STEPS, type Step } from "@/lib/oidc/schema";
import type { TestRun } from "../schema";
import { reportedBody } from "./bodies";
import { personalMask, sampleOf } from "./mask";

export type EndedRun = Exclude<TestRun, { state: "waiting" | "running" }>;

/** What a report is made of. Secrets, codes and tokens are in none of it. */
export interface ReportSubject {
  run: EndedRun;
  /** As they were tested, without secrets. */
  settings: Config;
  /** Labels of the form by config key. */
  labels: Readonly<Record<string, string>>;
  /** Version of Gatehouse. */
  version: string;
  /** Whether the values of claims are told, or only their type and first sign. */
  includeValues: boolean;
}

const LONGEST_SETTING = 200;

type Mask = (text: string) => string;

/** Only free text is masked: a group that is called like a step or a member must not break those. */
const maskedFacts = (facts: readonly Fact[], mask: Mask): Fact[] =>
  facts.map(({ label, value }) => ({ label, value: mask(value) }));

const maskedValues = <T>(record: Record<string, T>, mask: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, mask(value)]));

const maskedExchange = (step: Step, exchange: Exchange, mask: Mask): Exchange => {
  const maybe = (text: string | null) => (text === null ? null : mask(text));
  return {
    ...exchange,
    url: mask(exchange.url),
    requestHeaders: maskedValues(exchange.requestHeaders, mask),
    requestBody: maybe(exchange.requestBody),
    responseHeaders: maskedValues(exchange.responseHeaders, mask),
    responseBody: maybe(reportedBody(step, exchange)),
    error: maybe(exchange.error),
  };
};

const maskedDiagnosis = (diagnosis: Diagnosis, mask: Mask): Diagnosis => ({
  ...diagnosis,
  title: mask(diagnosis.title),
  cause: mask(diagnosis.cause),
  fixes: diagnosis.fixes.map(mask),
  facts: maskedFacts(diagnosis.facts, mask),
  // Buttons of the console.
  remedies: [],
});

const maskedSetting = (value: unknown, mask: Mask): unknown =>
  typeof value === "string" ? mask(value) : value;

/**
 * The subject as it may be told: unless values are included, what the run learnt about a person is
 * taken out of every text that was written about it. Before anything is escaped: afterwards a value
 * would not be found again.
 */
export function tellable(subject: ReportSubject): ReportSubject {
  const { run, settings, includeValues } = subject;
  if (includeValues) return subject;
  const mask = personalMask(run);
  const steps = run.steps.map((step) => ({
    ...step,
    summary: mask(step.summary),
    facts: maskedFacts(step.facts, mask),
    exchanges: step.exchanges.map((exchange) => maskedExchange(step.step, exchange, mask)),
  }));
  const told = {
    ...run,
    steps,
    ...("diagnosis" in run && { diagnosis: maskedDiagnosis(run.diagnosis, mask) }),
    ...("warnings" in run && { warnings: run.warnings.map((one) => maskedDiagnosis(one, mask)) }),
  };
  return {
    ...subject,
    run: told,
    settings: maskedValues(settings, (value) => maskedSetting(value, mask)),
  };
}

const clipped = (text: string): string =>
  text.length > LONGEST_SETTING ? `${text.slice(0, LONGEST_SETTING)}…` : text;

function settingText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(" ");
  if (typeof value === "boolean") return value ? "On" : "Off";
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** Settings that hold something, under the labels of the form. */
export const reportedSettings = ({ settings, labels }: ReportSubject) =>
  Object.entries(settings)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => ({
      name,
      label: labels[name] ?? name,
      value: clipped(settingText(value)),
    }));

export interface ReportedClaim {
  name: string;
  source: "ID token" | "User info";
  type: string;
  sample: string;
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (value === null) return "empty";
  return typeof value === "string" ? "text" : typeof value;
};

function sampled(value: unknown): string {
  if (typeof value === "string") return `${sampleOf(value)} (${value.length} characters)`;
  if (Array.isArray(value)) return value.slice(0, 3).map(sampled).join(", ");
  return typeof value === "boolean" ? String(value) : "";
}

/** Names, types and first signs of the claims that came. */
export function reportedClaims({ run }: ReportSubject): ReportedClaim[] {
  if (!("claims" in run) || !run.claims) return [];
  const { idTokenPayload, userInfo } = run.claims;
  const of = (source: ReportedClaim["source"], claims: Record<string, unknown> | null) =>
    Object.entries(claims ?? {}).map(([name, value]) => ({
      name,
      source,
      type: typeOf(value),
      sample: sampled(value),
    }));
  return [...of("ID token", idTokenPayload), ...of("User info", userInfo)];
}

export interface TimedExchange {
  step: Step;
  exchange: Exchange;
  /** Milliseconds since 1970. */
  at: number;
}

/** The steps before the browser left, and those after it came back. */
const isBeforeLeaving = (step: Step): boolean => STEPS.indexOf(step) < STEPS.indexOf("callback");

/**
 * The recorded exchanges with the time at which each began, worked out from the durations: the steps
 * before the browser left follow the start, those after it came back end with the run.
 */
export function timedExchanges({ run }: ReportSubject): TimedExchange[] {
  const after = run.steps.filter(({ step }) => !isBeforeLeaving(step));
  const came = Date.parse(run.finishedAt) - after.reduce((sum, { ms }) => sum + ms, 0);
  let [early, late] = [Date.parse(run.startedAt), came];
  return run.steps.flatMap(({ step, ms, exchanges }) => {
    let at = isBeforeLeaving(step) ? early : late;
    if (isBeforeLeaving(step)) early += ms;
    else late += ms;
    return exchanges.map((exchange) => {
      const began = at;
      at += exchange.ms;
      return { step, exchange, at: began };
    });
  });
}

/** Who signed in, if that may be told. */
export function emailOf({ run, includeValues }: ReportSubject): string | null {
  const email = "identity" in run ? run.identity?.email?.value : undefined;
  if (email === undefined) return null;
  return includeValues ? email : sampleOf(email);
}
