import type { OutboundPolicy } from "@/lib/outbound/schema";
import { authorizationUrl } from "./authorize";
import { lookBeyondIdToken } from "./beyond-id-token";
import { type CallbackAnswer, readCallback } from "./callback";
import { isNote } from "./catalogue";
import { checkConfiguration, warnOfSettings } from "./configuration";
import { withDisappeared } from "./disappeared";
import { exchangeCode, type TokenAnswer } from "./exchange";
import { ProtocolFailure } from "./failure";
import { verifyIdToken } from "./id-token";
import { type MappedIdentity, mapIdentity } from "./identity";
import { keySummary, loadKeys, loadKeysIfAny } from "./keys";
import type { JsonObject } from "./parse-json";
import { readPerson } from "./person";
import { type Attempt, type RoundTripContext, type Run, startRun } from "./run";
import type { ClaimSets, Connection, Diagnosis, Outcome, PersonApi, TraceStep } from "./schema";
import type { Jwt } from "./signature";
import { mapTexts, storableText } from "./storable";
import { acceptsSymmetric } from "./symmetric";
import { type StepNotes, Stopped } from "./trace";

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
      if (connection.personApi) return skip(notes, "no keys to read");
      if (context.keysRead) {
        notes.summary = context.keysRead;
        return;
      }
      const load = acceptsSymmetric(connection) ? loadKeysIfAny : loadKeys;
      const keySet = await load(run.fetch, connection.certsUrl);
      notes.summary =
        keySet.keys.length > 0
          ? keySummary(keySet)
          : "No signing keys: ID tokens are checked with the Client secret (HS256)";
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

/** Steps that only an ID token needs; plain OAuth 2.0 has none (decision 0008). */
function skip(notes: StepNotes, without: string): void {
  notes.skipped = true;
  notes.summary = `Not needed: this provider speaks OAuth 2.0 without OpenID Connect, and has ${without}`;
}

/** What was verified so far; a later failure does not take it back. */
interface Found {
  jwt: Jwt | null;
  userInfo: JsonObject | null;
  mapped: MappedIdentity | null;
}

async function readClaims(run: Run, callback: CallbackAnswer, answer: TokenAnswer, found: Found) {
  const jwt = await run.trace.step("id_token", "The ID token is genuine", (notes) =>
    verifyIdToken(run, callback, answer, notes),
  );
  found.jwt = jwt;
  found.mapped = mapIdentity(run.connection, { idToken: jwt.claims, userInfo: null });
  const decisive = found.mapped.problem?.code === "no_email";
  return lookBeyondIdToken(run, answer.accessToken, jwt, decisive);
}

/** Instead of an ID token: what the API says of the holder of this very access token. */
async function askPerson(run: Run, api: PersonApi, { accessToken }: TokenAnswer) {
  await run.trace.step("id_token", "There is no ID token", (notes) =>
    skip(notes, "no ID token. Its API tells who signed in, in the next step"),
  );
  const userInfo = await run.trace.step("user_info", "The API told who signed in", (notes) =>
    readPerson(run, api, accessToken, notes),
  );
  return { idToken: {}, userInfo };
}

async function takeSteps(run: Run, query: URLSearchParams, found: Found): Promise<void> {
  const { trace, connection } = run;
  const callback = await trace.step("callback", "The browser came back with a code", (notes) =>
    readCallback(run, query, notes),
  );
  const answer = await trace.step("exchange", "The provider took the code", (notes) =>
    exchangeCode(run, callback, notes),
  );
  const sets = connection.personApi
    ? await askPerson(run, connection.personApi, answer)
    : await readClaims(run, callback, answer, found);
  found.userInfo = sets.userInfo;
  await trace.step("identity", "The identity is complete", (notes) => {
    const mapped = mapIdentity(connection, sets);
    found.mapped = mapped;
    const { email } = mapped.identity;
    const { findings, facts: gone } = withDisappeared(
      mapped.warnings,
      connection,
      sets,
      run.previousClaims,
    );
    notes.add(gone);
    for (const { code, facts, remedies } of findings) notes.warn(code, facts, remedies);
    if (mapped.problem) {
      const { code, facts, remedies = [] } = mapped.problem;
      throw new ProtocolFailure(code, facts, { remedies });
    }
    const where = email?.source === "user_info" ? "user info" : "the ID token";
    notes.summary = `Email from "${email?.claim}" in ${where}`;
  });
}

function claimSets({ jwt, userInfo, mapped }: Found): ClaimSets | null {
  if (!jwt && !userInfo) return null;
  const custom = mapped?.identity.custom ?? [];
  return {
    idTokenHeader: jwt?.header ?? null,
    idTokenPayload: jwt?.claims ?? null,
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
  const passed = trace.warnings.some(({ code }) => !isNote(code))
    ? "passed_with_warnings"
    : "passed";
  const clean = <T>(value: T): T =>
    mapTexts(value, (text) => storableText(run.redactor.known(text)));
  return {
    status: diagnosis ? "failed" : passed,
    steps: trace.steps,
    diagnosis,
    warnings: trace.warnings,
    identity: clean(found.mapped?.identity ?? null),
    claims: clean(claimSets(found)),
    // One of several tenants is nothing to be pinned.
    issuer: clean(found.jwt && !connection.issuerTemplate ? String(found.jwt.claims.iss) : null),
  };
}
