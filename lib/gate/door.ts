import "server-only";
import { dataPlane } from "@/lib/http/data-plane";
import { trustedProxies } from "@/lib/http/forwarded";
import { env } from "@/lib/kit/env";
import { processState } from "@/lib/kit/process-state";
import { makeDecide } from "./decide";
import type { GateDoor } from "./front-ends/handle";
import { coversHost } from "./host-index";
import { newJournal } from "./journal";
import { newProgramTokens } from "./program-tokens";
import { collectReports } from "./reports/collect";
import { flushReports } from "./reports/flush";
import { gate } from "./state";
import { readSession } from "./store";
import { newVerifiedTokens } from "./tokens";

function open(): GateDoor {
  const state = gate();
  const { trustedProxies: networks, gateWithoutDatabaseMs } = env();
  const reports = collectReports((host) => {
    const snapshot = state.snapshot();
    return snapshot !== null && coversHost(snapshot, host);
  });
  flushReports(dataPlane, reports);
  return {
    isTrusted: trustedProxies(networks),
    countryHeader: () => state.snapshot()?.countryHeader ?? null,
    decide: makeDecide({
      snapshot: state.snapshot,
      isFresh: () => state.freshFor(gateWithoutDatabaseMs),
      now: () => Date.now(),
      tokens: newVerifiedTokens(),
      sessions: state.sessions,
      readSession: (id) => readSession(dataPlane, id),
      programToken: newProgramTokens(),
      ...newJournal(),
    }),
    report: reports.add,
  };
}

/** The process's own gate, as its doors need it. The first call opens it. */
export const gateDoor = (): GateDoor => processState("gate-door", open);
