import type { OutboundPolicy } from "@/lib/outbound/schema";
import { authorizationUrl } from "./authorize";
import { lookBeyondIdToken } from "./beyond-id-token";
import { readCallback } from "./callback";
import { checkConfiguration, warnOfSettings } from "./configuration";
import { exchangeCode } from "./exchange";
import { ProtocolFailure } from "./failure";
import { verifyIdToken } from "./id-token";
import { type MappedIdentity, mapIdentity } from "./identity";
import { keySummary, loadKeys } from "./keys";
import type { JsonObject } from "./parse-json";
import { type Attempt, type RoundTripContext, type Run, startRun } from "./run";
import type { ClaimSets, Connection, Diagnosis, Outcome, TraceStep } from "./schema";
import type { Jwt } from "./signature";
import { mapTexts, storableText } from "./storable";
import { Stopped } from "./trace";

export type { Attempt, RoundTripContext } from "./run";

export interface Prepared {
  steps: TraceStep[];
  /** Where to send the browser; null when a step failed. */
  url: string | null;
  diagnosis: Diagnosis | null;
}

function diagnosisOf(error: unknown): Diagnosis {
  if (error instanceof Stopped) return error.diagnosis;
  throw error;
}

/**
 * The first half of a round trip: configuration, keys, authorize. Never throws for anything that a
 * provider or a setting can cause; the failure is in `diagnosis`.
 */
export async function prepare(
  connection: Connection,
  policy: OutboundPolicy,
  attempt: Attempt,
  context: RoundTripContext,
): Promise<Prepared> {
  const run = startRun(connection, policy, attempt, context);
  const { trace } = run;
  try {
    await trace.step("configuration", "The settings make sense", (notes) =>
      checkConfiguration(run, notes),
    );
    await trace.step("keys", "Signing keys were read", async (notes) => {
      notes.summary = keySummary(await loadKeys(run.fetch, connection.certsUrl));
    });
    const url = await trace.step("authorize", "The browser was sent to the provider", (notes) =>
      authorizationUrl(run, notes),
    );
    return { steps: trace.steps, url, diagnosis: null };
  } catch (error) {
    return { steps: trace.steps, url: null, diagnosis: diagnosisOf(error) };
  } finally {
    run.end();
  }
}

/** What was verified so far; a later failure does not take it back. */
interface Found {
  jwt: Jwt | null;
  userInfo: JsonObject | null;
  mapped: MappedIdentity | null;
}

async function takeSteps(run: Run, query: URLSearchParams, found: Found): Promise<void> {
  const { trace, connection } = run;
  const callback = await trace.step("callback", "The browser came back with a code", (notes) =>
    readCallback(run, query, notes),
  );
  const answer = await trace.step("exchange", "The provider took the code", (notes) =>
    exchangeCode(run, callback, notes),
  );
  const jwt = await trace.step("id_token", "The ID token is genuine", (notes) =>
    verifyIdToken(run, callback, answer, notes),
  );
  found.jwt = jwt;
  found.mapped = mapIdentity(connection, { idToken: jwt.claims, userInfo: null });
  const decisive = found.mapped.problem?.code === "no_email";
  const sets = await lookBeyondIdToken(run, answer.accessToken, jwt, decisive);
  found.userInfo = sets.userInfo;
  await trace.step("identity", "The identity is complete", (notes) => {
    const mapped = mapIdentity(connection, sets);
    found.mapped = mapped;
    const { email } = mapped.identity;
    for (const { code, facts } of mapped.warnings) notes.warn(code, facts);
    if (mapped.problem) throw new ProtocolFailure(mapped.problem.code, mapped.problem.facts);
    const where = email?.source === "user_info" ? "user info" : "the ID token";
    notes.summary = `Email from "${email?.claim}" in ${where}`;
  });
}

function claimSets({ jwt, userInfo, mapped }: Found): ClaimSets | null {
  if (!jwt) return null;
  const custom = mapped?.identity.custom ?? [];
  return {
    idTokenHeader: jwt.header,
    idTokenPayload: jwt.claims,
    userInfo,
    oidcFields: Object.fromEntries(custom.map(({ name, value }) => [name, value])),
  };
}

/**
 * The second half: callback, exchange, ID token, user info, identity. The outcome is plain JSON
 * without any secret of this round trip. Never throws for anything that a provider can cause.
 */
export async function complete(
  connection: Connection,
  policy: OutboundPolicy,
  attempt: Attempt,
  query: URLSearchParams,
  context: RoundTripContext,
): Promise<Outcome> {
  const run = startRun(connection, policy, attempt, context);
  const { trace } = run;
  const found: Found = { jwt: null, userInfo: null, mapped: null };
  let diagnosis: Diagnosis | null = null;
  warnOfSettings(run);
  try {
    await takeSteps(run, query, found);
  } catch (error) {
    diagnosis = diagnosisOf(error);
  } finally {
    run.end();
  }
  const passed = trace.warnings.length > 0 ? "passed_with_warnings" : "passed";
  const clean = <T>(value: T): T =>
    mapTexts(value, (text) => storableText(run.redactor.known(text)));
  return {
    status: diagnosis ? "failed" : passed,
    steps: trace.steps,
    diagnosis,
    warnings: trace.warnings,
    identity: clean(found.mapped?.identity ?? null),
    claims: clean(claimSets(found)),
    issuer: clean(found.jwt ? String(found.jwt.claims.iss) : null),
  };
}
