import type { Config } from "@/lib/connectors/definition";
import type { Failure, Result } from "@/lib/kit/result";
import type { CheckInput } from "@/lib/login-methods/check/schema";
import type { DriftReport } from "@/lib/login-methods/drift/schema";
import type { CheckReport, Published } from "@/lib/oidc/check/schema";
import type { DiscoveryReport } from "@/lib/oidc/discovery-schema";

const LIMIT_MS = 9_000;
/** A check asks several things, some after one another. */
const CHECK_LIMIT_MS = 30_000;

const failure = (message: string, fix: string): Failure => ({
  ok: false,
  code: "unavailable",
  message,
  fix,
});

const slow = (limitMs: number) =>
  failure(
    `Your provider did not answer within ${Math.floor((limitMs - 500) / 1000)} seconds.`,
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
async function ask<T>(
  path: string,
  body: unknown,
  signal: AbortSignal,
  limitMs = LIMIT_MS,
): Promise<Result<T>> {
  const limit = AbortSignal.timeout(limitMs);
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
    return limit.aborted ? slow(limitMs) : LOST;
  }
}

/** The authorities that the form holds go along, so that a private one is trusted before Save. */
const trusting = (authorities: unknown) =>
  typeof authorities === "string" && authorities !== "" ? { tls_ca: authorities } : {};

export const askDiscovery = (
  kind: string,
  config: Config,
  authorities: unknown,
  signal: AbortSignal,
) => ask<DiscoveryReport>("discovery", { kind, config, ...trusting(authorities) }, signal);

export const askKeys = (url: string, authorities: unknown, signal: AbortSignal) =>
  ask<{ count: number; algs: string[] }>("keys", { url, ...trusting(authorities) }, signal);

/** Tells at once what the server would refuse of a draft; the tab of its test shows the same. */
export const askDraft = (draft: {
  id: string;
  draft: string;
  kind: string;
  version: number;
  from: string | null;
  values: Record<string, unknown>;
}) => ask<null>("drafts", draft, new AbortController().signal);

export const askCheck = (input: CheckInput, signal: AbortSignal) =>
  ask<CheckReport>("check", input, signal, CHECK_LIMIT_MS);

export const askDrift = (id: string, fresh: boolean, signal: AbortSignal) =>
  ask<DriftReport>("drift", { id, fresh }, signal);

/** `published` null heeds the setting again. */
export const askIgnore = (
  input: { id: string; name: string; published: Published | null },
  signal: AbortSignal,
) => ask<null>("drift/ignored", input, signal);
