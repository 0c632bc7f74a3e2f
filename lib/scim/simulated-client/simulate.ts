import type { Profile, Report, Send, StepReport } from "./schema";
import { Simulation } from "./simulation";

/**
 * Runs a client in the shape of a provider against a SCIM Endpoint, which is left as it was found.
 * A step that fails does not keep those from being tried that do not need it. Never throws.
 */
export async function simulate(profile: Profile, send: Send, run: string): Promise<Report> {
  const simulation = new Simulation(profile, send, run);
  const steps: StepReport[] = [];
  for (const step of profile.steps) {
    steps.push(await simulation.take(step));
    // Nothing is there to talk to: each further step would wait as long.
    if (steps.length === 1 && steps[0]?.answer === null) break;
  }
  steps.push(...(await simulation.cleanUp()));
  const { id, name } = profile;
  return {
    profile: { id, name },
    passed: steps.every(({ outcome }) => outcome === "passed"),
    steps,
  };
}
