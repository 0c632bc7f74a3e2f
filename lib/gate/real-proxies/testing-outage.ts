import { expect, it } from "vitest";
import { FAULTS } from "./testing-faults";
import type { RawAnswer } from "./testing-raw";
import type { Trial } from "./testing-trial";

/** Row 7 (an error becomes a yes): whatever becomes of the gate, nobody comes through. */
export function outageCases(trial: Trial): void {
  it.each(Object.keys(FAULTS))("a gate that fails (%s) lets nobody through", async (name) => {
    const before = trial.received.length;
    for (const at of [trial.host, trial.at("paths")]) {
      const answer = await trial.get(`/fault-${name}`, [trial.cookie()], at);
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.headers).not.toHaveProperty("x-echo");
    }
    expect(trial.received.length).toBe(before);
  });

  it("a gate that does not trust this proxy lets nobody through (row 1)", async () => {
    const before = trial.received.length;
    const answer = await trial.get("/fault-untrusted", [trial.cookie()], trial.at("paths"));
    expect(answer.status).toBe(403);
    expect(answer.headers["x-gate-problem"]).toEqual(["untrusted_proxy"]);
    expect(trial.received.length).toBe(before);
  });
}

/** Asked early: the proxy's patience ends while other cases run. */
export const askHanging = (trial: Trial): Promise<RawAnswer> =>
  trial.raw(["GET /fault-hang HTTP/1.1", `Host: ${trial.host}`, trial.cookie()], "", {
    waitMs: 60_000,
  });
