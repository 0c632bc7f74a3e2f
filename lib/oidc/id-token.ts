import * as o from "oauth4webapi";
import { sameText } from "@/lib/kit/secrets";
import type { CallbackAnswer } from "./callback";
import { isSignedForm, openToken } from "./decrypt";
import { duration } from "./duration";
import { jsonResponse, type TokenAnswer } from "./exchange";
import { factsOf, ProtocolFailure } from "./failure";
import { keySummary, loadKeys } from "./keys";
import { type JsonObject, parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import type { Fact } from "./schema";
import { type Jwt, readJwt, verifySignature } from "./signature";
import { checkRequiredClaims, expectedIssuer } from "./tenant";
import type { StepNotes } from "./trace";

const numberOf = (claims: JsonObject, name: string): number | null => {
  const value = claims[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

function time(seconds: number | null): string | null {
  // ECMA-262 §21.4.1.1: dates end 8.64e15 ms from 1970.
  if (seconds === null || Math.abs(seconds) > 8.64e12) return null;
  return new Date(seconds * 1000).toISOString();
}

function clockFacts(run: Run, claims: JsonObject, providerTime: number | null): Fact[] {
  return factsOf({
    "Issued at (iat)": time(numberOf(claims, "iat")),
    "Not before (nbf)": time(numberOf(claims, "nbf")),
    "Expires at (exp)": time(numberOf(claims, "exp")),
    "Provider's clock": time(providerTime) ?? "unknown: it sent no Date header",
    "Gatehouse's clock": time(run.now()),
    "Clock tolerance": `${run.connection.clockTolerance} s`,
  });
}

/** A fresh token's `iat` is the provider's clock; where that agrees with ours, the claim itself tells. */
function clockFailure(
  run: Run,
  claim: "exp" | "nbf",
  claims: JsonObject,
  providerTime: number | null,
) {
  const now = run.now();
  const evidence = [numberOf(claims, "iat"), providerTime, numberOf(claims, claim)];
  const apart = evidence
    .filter((seconds) => seconds !== null)
    .map((seconds) => Math.abs(seconds - now))
    .find((seconds) => seconds > run.connection.clockTolerance);
  return new ProtocolFailure(claim === "exp" ? "expired" : "not_yet_valid", [
    ...factsOf({ Difference: apart === undefined ? null : duration(apart) }),
    ...clockFacts(run, claims, providerTime),
  ]);
}

function difference(a: string, b: string): string | null {
  if (a.replace(/\/$/, "") === b.replace(/\/$/, "")) return "Only the slash at the end differs.";
  if (a.toLowerCase() === b.toLowerCase()) return "Only upper and lower case differ.";
  const scheme = /^https?:/;
  return a.replace(scheme, "") === b.replace(scheme, "") ? "Only http and https differ." : null;
}

function comparisonFailure(run: Run, claim: unknown, claims: JsonObject, issuer: string) {
  if (claim === "nonce") return new ProtocolFailure("nonce_mismatch");
  if (claim === "iss") {
    const facts = {
      "Issuer in the token": claims.iss,
      "Expected issuer": issuer,
      "What differs": difference(String(claims.iss), issuer),
    };
    return new ProtocolFailure("iss_mismatch", factsOf(facts));
  }
  const facts = {
    Audience: claims.aud,
    "Authorized party (azp)": claims.azp,
    "App ID": run.connection.clientId,
  };
  return new ProtocolFailure("aud_mismatch", factsOf(facts));
}

const memberOf = (cause: unknown, name: string): unknown =>
  typeof cause === "object" && cause !== null && name in cause
    ? (cause as Record<string, unknown>)[name]
    : null;

/** What oauth4webapi found wrong, by its codes and messages (reference: protocols §2). */
function claimFailure(
  run: Run,
  error: unknown,
  jwt: Jwt,
  issuer: string,
  providerTime: number | null,
): unknown {
  if (!(error instanceof o.OperationProcessingError)) return error;
  const claim = memberOf(error.cause, "claim");
  if (error.code === o.JWT_CLAIM_COMPARISON)
    return comparisonFailure(run, claim, jwt.claims, issuer);
  if (error.code === o.JWT_TIMESTAMP_CHECK) {
    return clockFailure(run, claim === "nbf" ? "nbf" : "exp", jwt.claims, providerTime);
  }
  const named = /"(\w+)" \([\w -]+\)(?: claim)? (missing|type|must)/.exec(error.message);
  const [, name, problem] = named ?? [];
  if (name === "nonce" && problem === "missing") return new ProtocolFailure("nonce_missing");
  if (name) {
    const code = problem === "missing" ? "claim_missing" : "claim_type";
    return new ProtocolFailure(code, factsOf({ Claim: name }), { cause: error });
  }
  return new ProtocolFailure("id_token_malformed", factsOf({ Reason: error.message }), {
    cause: error,
  });
}

function checkBefore(run: Run, { claims }: Jwt, callback: CallbackAnswer): void {
  const { nonce } = claims;
  if (typeof nonce === "string" && !sameText(nonce, run.attempt.nonce)) {
    throw new ProtocolFailure("nonce_mismatch");
  }
  if (claims.sub === "") throw new ProtocolFailure("claim_missing", factsOf({ Claim: "sub" }));
  if (callback.iss !== null && run.connection.issuer === null && callback.iss !== claims.iss) {
    throw new ProtocolFailure(
      "callback_iss_mismatch",
      factsOf({ "Issuer in the answer": callback.iss, "Expected issuer": textOf(claims, "iss") }),
    );
  }
}

/** The signed token inside an encrypted one, and the answer as if it had come without encryption. */
async function opened(run: Run, answer: TokenAnswer, notes: StepNotes): Promise<TokenAnswer> {
  const { text, facts } = await openToken(answer.idToken, run.connection.decryptionKeys ?? []);
  if (text === answer.idToken) return answer;
  run.redactor.learnIssued(text);
  notes.add(facts);
  if (!isSignedForm(text)) throw new ProtocolFailure("jwe_not_signed", facts);
  const body = JSON.stringify({ ...parseJsonObject(answer.body), id_token: text });
  return { ...answer, body, idToken: text };
}

/**
 * Step 6: signature first, always against the Certificate URL, then the claims (OpenID Connect Core
 * §3.1.3.7). With no issuer configured, the token's own is taken once its signature holds.
 */
export async function verifyIdToken(
  run: Run,
  callback: CallbackAnswer,
  received: TokenAnswer,
  notes: StepNotes,
): Promise<Jwt> {
  const answer = await opened(run, received, notes);
  const jwt = readJwt(answer.idToken);
  notes.add(factsOf({ Algorithm: jwt.alg, "Key ID": jwt.header.kid ?? "not named" }));
  const keySet = await loadKeys(run.fetch, run.connection.certsUrl);
  notes.add(factsOf({ "Certificate URL": keySummary(keySet) }));
  await verifySignature(jwt, keySet.keys);
  notes.add(
    factsOf({
      Issuer: jwt.claims.iss,
      Audience: jwt.claims.aud,
      ...Object.fromEntries(
        clockFacts(run, jwt.claims, answer.providerTime).map(({ label, value }) => [label, value]),
      ),
    }),
  );
  checkBefore(run, jwt, callback);
  const issuer = expectedIssuer(run.connection, jwt.claims);
  try {
    await o.processAuthorizationCodeResponse(
      run.server(issuer),
      run.client,
      jsonResponse(answer.body),
      { expectedNonce: run.attempt.nonce, requireIdToken: true },
    );
  } catch (error) {
    throw claimFailure(run, error, jwt, issuer, answer.providerTime);
  }
  checkRequiredClaims(run.connection, jwt.claims);
  const ahead = (numberOf(jwt.claims, "iat") ?? 0) - run.now();
  if (ahead > run.connection.clockTolerance) {
    notes.warn("iat_future", [
      ...factsOf({ Difference: duration(ahead) }),
      ...clockFacts(run, jwt.claims, answer.providerTime),
    ]);
  }
  notes.summary = `Signed with ${jwt.alg} by a key of the Certificate URL, for this app and this sign-in`;
  return jwt;
}
