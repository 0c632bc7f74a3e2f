import type { Outcome, Remedy } from "../schema";

/** Values that take a protection away, by config key. */
const WITHOUT: Record<string, unknown> = {
  pkce_enabled: false,
  par_url: "",
  dpop: false,
  require_iss: false,
  max_age: "",
};

const weakens = ({ set }: Remedy): boolean =>
  Object.entries(set).some(
    ([name, value]) => Object.hasOwn(WITHOUT, name) && WITHOUT[name] === value,
  );

/**
 * The outcome of a run in a stranger's browser, without buttons that take a protection away: whoever
 * holds the link can make up the provider's answer at the callback, and with it the diagnosis.
 */
export function withoutWeakening(outcome: Outcome): Outcome {
  const kept = <D extends { remedies: Remedy[] }>(diagnosis: D): D => ({
    ...diagnosis,
    remedies: diagnosis.remedies.filter((remedy) => !weakens(remedy)),
  });
  const { diagnosis, warnings } = outcome;
  return { ...outcome, diagnosis: diagnosis && kept(diagnosis), warnings: warnings.map(kept) };
}
