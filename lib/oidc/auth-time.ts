import { duration } from "./duration";
import { factsOf, ProtocolFailure } from "./failure";
import type { JsonObject } from "./parse-json";
import type { Run } from "./run";
import type { StepNotes } from "./trace";

/**
 * That the person signed in at the provider no longer ago than asked for (OpenID Connect Core
 * §3.1.3.7 (11) and (12)), with the clock tolerance on both sides. Nothing to check where no maximum
 * age was asked for. Throws ProtocolFailure `auth_time_*`.
 */
export function checkAuthTime(run: Run, claims: JsonObject, notes: StepNotes): void {
  const { maxAge = null, clockTolerance } = run.connection;
  if (maxAge === null) return;
  const at = claims.auth_time;
  const asked = factsOf({ "Maximum age": `${maxAge} s`, "Clock tolerance": `${clockTolerance} s` });
  if (typeof at !== "number" || !Number.isFinite(at)) {
    throw new ProtocolFailure("auth_time_missing", asked);
  }
  const ago = Math.round(run.now() - at);
  if (ago < -clockTolerance) {
    const ahead = factsOf({ "Signed in": `${duration(-ago)} in the future`, auth_time: at });
    throw new ProtocolFailure("auth_time_future", [...ahead, ...asked]);
  }
  const signedIn = factsOf({ "Signed in": `${duration(Math.max(ago, 0))} ago` });
  notes.add(signedIn);
  if (ago > maxAge + clockTolerance) {
    throw new ProtocolFailure("auth_time_old", [...signedIn, ...asked]);
  }
}
