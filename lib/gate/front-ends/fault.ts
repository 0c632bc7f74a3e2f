import { log } from "@/lib/kit/log";
import { faultReply, type Reply } from "./reply";

const MINUTE_MS = 60_000;
let lastFault = 0;

/** The refusal that stands for whatever went wrong here; the log is told once a minute. */
export function fault(err: unknown): Reply {
  const now = Date.now();
  if (now - lastFault > MINUTE_MS) {
    lastFault = now;
    log.error({ err }, "the gate failed to decide, and refused");
  }
  return faultReply();
}
