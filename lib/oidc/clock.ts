import { duration } from "./duration";
import { factsOf, ProtocolFailure } from "./failure";
import type { JsonObject } from "./parse-json";
import { toleranceFor } from "./remedies/settings";
import type { Run } from "./run";
import type { Fact } from "./schema";
import type { StepNotes } from "./trace";

/** Less than this may be the time that an answer was on its way. */
const LEAST_SKEW = 5;

export const numberOf = (claims: JsonObject, name: string): number | null => {
  const value = claims[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

function time(seconds: number | null): string | null {
  // ECMA-262 §21.4.1.1: dates end 8.64e15 ms from 1970.
  if (seconds === null || Math.abs(seconds) > 8.64e12) return null;
  return new Date(seconds * 1000).toISOString();
}

export function clockFacts(run: Run, claims: JsonObject, providerTime: number | null): Fact[] {
  return factsOf({
    "Issued at (iat)": time(numberOf(claims, "iat")),
    "Not before (nbf)": time(numberOf(claims, "nbf")),
    "Expires at (exp)": time(numberOf(claims, "exp")),
    "Provider's clock": time(providerTime) ?? "unknown: it sent no Date header",
    "Gatehouse's clock": time(run.now()),
    "Clock tolerance": `${run.connection.clockTolerance} s`,
  });
}

/** A fresh token's `iat` is the provider's clock; where that agrees with ours, the claim itself tells. */
export function clockFailure(
  run: Run,
  claim: "exp" | "nbf",
  claims: JsonObject,
  providerTime: number | null,
): ProtocolFailure {
  const now = run.now();
  const { clockTolerance } = run.connection;
  const evidence = [numberOf(claims, "iat"), providerTime, numberOf(claims, claim)];
  const apart = evidence
    .filter((seconds) => seconds !== null)
    .map((seconds) => Math.abs(seconds - now))
    .find((seconds) => seconds > clockTolerance);
  const beyond = Math.abs((numberOf(claims, claim) ?? Number.NaN) - now);
  return new ProtocolFailure(
    claim === "exp" ? "expired" : "not_yet_valid",
    [
      ...factsOf({ Difference: apart === undefined ? null : duration(apart) }),
      ...clockFacts(run, claims, providerTime),
    ],
    { remedies: toleranceFor(beyond, clockTolerance) },
  );
}

/** Tells of clocks that differ although the token passed: the next one may not. */
export function warnOfClock(
  run: Run,
  claims: JsonObject,
  providerTime: number | null,
  notes: StepNotes,
): void {
  const { clockTolerance } = run.connection;
  const now = run.now();
  const ahead = (numberOf(claims, "iat") ?? 0) - now;
  const apart = providerTime === null ? 0 : Math.abs(providerTime - now);
  const measured = ahead > clockTolerance ? ahead : apart;
  if (measured <= Math.max(clockTolerance, ahead > clockTolerance ? 0 : LEAST_SKEW)) return;
  notes.warn(
    ahead > clockTolerance ? "iat_future" : "clock_skew",
    [...factsOf({ Difference: duration(measured) }), ...clockFacts(run, claims, providerTime)],
    toleranceFor(measured, clockTolerance),
  );
}
