import type { Config } from "@/lib/connectors/definition";
import { type Exchange, type Identity, STEPS, type Step } from "@/lib/oidc/schema";
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

/** Every text of a report passes here. */
export const masking = ({ run, includeValues }: ReportSubject): ((text: string) => string) =>
  includeValues ? (text) => text : personalMask(run);

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
export function timedExchanges({ run, includeValues }: ReportSubject): TimedExchange[] {
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
      const responseBody = reportedBody(step, exchange, includeValues);
      return { step, exchange: { ...exchange, responseBody }, at: began };
    });
  });
}

export const emailOf = (identity: Identity | null): string | null => identity?.email?.value ?? null;
