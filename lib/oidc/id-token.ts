import * as o from "oauth4webapi";
import { sameText } from "@/lib/kit/secrets";
import { checkAuthTime } from "./auth-time";
import type { CallbackAnswer } from "./callback";
import { clockFacts, clockFailure, warnOfClock } from "./clock";
import { isSignedForm, openToken } from "./decrypt";
import { jsonResponse, type TokenAnswer } from "./exchange";
import { factsOf, ProtocolFailure } from "./failure";
import { issuerFailure } from "./issuer-failure";
import { keySummary, loadKeys, loadKeysIfAny, repeatedKeyIds } from "./keys";
import { type JsonObject, parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import { type Jwt, readJwt, verifySignature } from "./signature";
import { acceptsSymmetric, SYMMETRIC, verifySymmetric } from "./symmetric";
import { checkRequiredClaims, expectedIssuer } from "./tenant";
import { checkAccessTokenHash, refuseRepeatedClaims } from "./token-checks";
import type { StepNotes } from "./trace";

function comparisonFailure(run: Run, claim: unknown, claims: JsonObject, at: ClaimCheck) {
  if (claim === "nonce") return new ProtocolFailure("nonce_mismatch");
  if (claim === "iss") return issuerFailure(claims, at.issuer, at.named);
  const { clientId } = run.connection;
  const facts = {
    Audience: claims.aud,
    "Authorized party (azp)": claims.azp,
    "App ID": clientId,
  };
  const included = Array.isArray(claims.aud)
    ? claims.aud.includes(clientId)
    : claims.aud === clientId;
  return new ProtocolFailure(included ? "azp_mismatch" : "aud_mismatch", factsOf(facts));
}

const memberOf = (cause: unknown, name: string): unknown =>
  typeof cause === "object" && cause !== null && name in cause
    ? (cause as Record<string, unknown>)[name]
    : null;

/** What the claims were compared with. */
interface ClaimCheck {
  issuer: string;
  /** The issuer that the callback named (RFC 9207). */
  named: string | null;
  providerTime: number | null;
}

/** What oauth4webapi found wrong, by its codes and messages (reference: protocols §2). */
function claimFailure(run: Run, error: unknown, jwt: Jwt, at: ClaimCheck): unknown {
  if (!(error instanceof o.OperationProcessingError)) return error;
  const claim = memberOf(error.cause, "claim");
  if (error.code === o.JWT_CLAIM_COMPARISON) return comparisonFailure(run, claim, jwt.claims, at);
  if (error.code === o.JWT_TIMESTAMP_CHECK) {
    return clockFailure(run, claim === "nbf" ? "nbf" : "exp", jwt.claims, at.providerTime);
  }
  const named = /"(\w+)" \([\w -]+\)(?: claim)? (missing|type|must)/.exec(error.message);
  const [, name, problem] = named ?? [];
  if (name === "nonce" && problem === "missing") return new ProtocolFailure("nonce_missing");
  if (name === "sub" && problem === "missing") return new ProtocolFailure("sub_missing");
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
  if (claims.sub === "") throw new ProtocolFailure("sub_missing");
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
 * Step 6: signature first, against the Certificate URL (or, by choice, the Client secret), then the claims (OpenID Connect Core
 * §3.1.3.7). With no issuer configured, the token's own is taken once its signature holds.
 */
export async function verifyIdToken(
  run: Run,
  callback: CallbackAnswer,
  received: TokenAnswer,
  notes: StepNotes,
): Promise<Jwt> {
  const answer = await opened(run, received, notes);
  const symmetric = acceptsSymmetric(run.connection);
  const jwt = readJwt(answer.idToken, symmetric);
  notes.add(factsOf({ Algorithm: jwt.alg, "Key ID": jwt.header.kid ?? "not named" }));
  const keySet = await (symmetric ? loadKeysIfAny : loadKeys)(run.fetch, run.connection.certsUrl);
  notes.add(factsOf({ "Certificate URL": keySummary(keySet) }));
  const repeated = repeatedKeyIds(keySet);
  if (repeated.length > 0) notes.warn("jwks_duplicate_ids", factsOf({ "Key IDs": repeated }));
  if (jwt.alg === SYMMETRIC) await verifySymmetric(jwt, run.connection, keySet);
  else await verifySignature(jwt, keySet.keys);
  notes.add(
    factsOf({
      Issuer: jwt.claims.iss,
      Audience: jwt.claims.aud,
      ...Object.fromEntries(
        clockFacts(run, jwt.claims, answer.providerTime).map(({ label, value }) => [label, value]),
      ),
    }),
  );
  refuseRepeatedClaims(jwt);
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
    const { providerTime } = answer;
    throw claimFailure(run, error, jwt, { issuer, named: callback.iss, providerTime });
  }
  checkAccessTokenHash(jwt, answer.accessToken);
  checkRequiredClaims(run.connection, jwt.claims);
  checkAuthTime(run, jwt.claims, notes);
  warnOfClock(run, jwt.claims, answer.providerTime, notes);
  const signer = jwt.alg === SYMMETRIC ? "the Client secret" : "a key of the Certificate URL";
  notes.summary = `Signed with ${jwt.alg} by ${signer}, for this app and this sign-in`;
  return jwt;
}
