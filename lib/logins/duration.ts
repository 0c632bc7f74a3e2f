import type { GateApplication } from "@/lib/gate/snapshot";
import { parseDuration } from "@/lib/kit/duration";
import type { PolicySource } from "@/lib/policies/compile";

const DAY_MS = 24 * 3_600_000;

/**
 * Milliseconds for which an application token holds: the policy's, else the application's, else 24
 * hours (reference: cloudflare-access §4.6). 0 asks the provider again each time.
 */
export function tokenDuration(
  application: Pick<GateApplication, "settings">,
  policy: Pick<PolicySource, "sessionDuration"> | null,
): number {
  for (const text of [policy?.sessionDuration, application.settings.session_duration]) {
    const ms = text ? parseDuration(text) : null;
    if (ms !== null) return ms;
  }
  return DAY_MS;
}
