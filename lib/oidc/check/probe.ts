import { randomBytes } from "node:crypto";
import type { GuardedFetch } from "@/lib/outbound/guarded-fetch";
import type { OutboundPolicy } from "@/lib/outbound/schema";
import { type Run, startRun } from "../run";
import type { Connection } from "../schema";
import { CHECK_SECONDS } from "./schema";

/** How far a provider's clock is ahead of ours, as one answer's `Date` header shows it. */
export interface ClockSample {
  url: string;
  /** Milliseconds. */
  ahead: number;
}

/** What all checks of one connection share. */
export interface Probe {
  run: Run;
  /** As `run.fetch`; notes the clock of every answer. */
  fetch: GuardedFetch;
  clock: ClockSample[];
}

export interface ProbeOptions {
  redirectUri: string;
  /** Milliseconds for one request, and for all of them; shorter in tests. */
  timeoutMs?: number;
  totalMs?: number;
}

/** A `Date` header has whole seconds, so on average it is half a second old. */
const HALF_SECOND = 500;

function clockOf(response: Response, began: number, ended: number): number | null {
  const date = Date.parse(response.headers.get("date") ?? "");
  // A cache says when it got the answer, not what time it is.
  const stored = Number(response.headers.get("age") ?? 0) > 0;
  return Number.isNaN(date) || stored ? null : date + HALF_SECOND - (began + ended) / 2;
}

const throwAway = () => randomBytes(32).toString("base64url");

/** Guarded, redacted and bounded like a round trip; its one-time values belong to no sign-in. */
export function openProbe(
  connection: Connection,
  policy: OutboundPolicy,
  options: ProbeOptions,
): Probe {
  const { redirectUri, timeoutMs = 8000, totalMs = CHECK_SECONDS * 1000 } = options;
  const attempt = {
    state: throwAway(),
    nonce: throwAway(),
    codeVerifier: throwAway(),
    redirectUri,
  };
  const run = startRun(connection, policy, attempt, { steps: [], advice: {}, timeoutMs, totalMs });
  run.redactor.learnClient(connection.clientId, connection.previousClientSecret ?? null);
  const clock: ClockSample[] = [];
  return {
    run,
    clock,
    async fetch(url, init) {
      const began = Date.now();
      const response = await run.fetch(url, init);
      const ahead = clockOf(response, began, Date.now());
      if (ahead !== null) clock.push({ url: String(url), ahead });
      return response;
    },
  };
}
