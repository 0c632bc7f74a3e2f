import type { Config } from "@/lib/connectors/definition";
import type { Failure, Result } from "@/lib/kit/result";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";

const LIMIT_MS = 9_000;

const failure = (message: string, fix: string): Failure => ({
  ok: false,
  code: "unavailable",
  message,
  fix,
});

const SLOW = failure(
  "Your provider did not answer within 8 seconds.",
  "Check the address, or enter the values by hand.",
);
const LOST = failure(
  "Gatehouse did not answer.",
  "Check the connection to Gatehouse, then try again.",
);

/**
 * Asks a route handler, not a server action: those run one after another, so a provider that does
 * not answer would hold up Save. A request that `signal` aborts rejects.
 */
async function ask<T>(path: string, body: unknown, signal: AbortSignal): Promise<Result<T>> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const response = await fetch(`/settings/authentication/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, limit]),
    });
    return (await response.json()) as Result<T>;
  } catch (error) {
    if (signal.aborted) throw error;
    return limit.aborted ? SLOW : LOST;
  }
}

export const askDiscovery = (kind: string, config: Config, signal: AbortSignal) =>
  ask<DiscoveryReport>("discovery", { kind, config }, signal);

export const askKeys = (url: string, signal: AbortSignal) =>
  ask<{ count: number; algs: string[] }>("keys", { url }, signal);
