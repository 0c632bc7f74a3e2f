import * as o from "oauth4webapi";
import { busyAnswer } from "./busy-answer";
import { allClaims, resolveClaim } from "./claim-lookup";
import { isSignedForm, openToken } from "./decrypt";
import type { DiagnosisCode } from "./diagnose";
import { emailIn } from "./email";
import { factsOf, ProtocolFailure } from "./failure";
import { loadKeys } from "./keys";
import { type JsonObject, parseJsonObject } from "./parse-json";
import type { Run } from "./run";
import { readJwt, verifySignature } from "./signature";
import type { StepNotes } from "./trace";

/** Names that the ID token left open: the email claim and the saved claims. */
function missingIn(run: Run, idToken: JsonObject): string[] {
  const claims = allClaims({ idToken, userInfo: null });
  const { emailClaim, claims: saved, expectsGroups = false } = run.connection;
  const hasEmail = emailIn(resolveClaim(claims, emailClaim)?.value) !== null;
  const wanted = new Set(expectsGroups ? [...saved, "groups"] : saved);
  const missing = [...wanted].filter((name) => resolveClaim(claims, name) === null);
  return hasEmail ? missing : [emailClaim, ...missing];
}

interface UserInfo {
  claims: JsonObject | null;
  /** As the library reads it: verified and opened. */
  answer: Response;
}

const answerWith = (body: string, type: string): Response =>
  new Response(body, { headers: { "content-type": type } });

/**
 * OpenID Connect Core §5.3.2: user info may come as a JWT that is signed, encrypted or both. One that
 * is only encrypted is worth as much as plain JSON, which came over the same TLS.
 */
async function readJwtForm(run: Run, compact: string): Promise<UserInfo> {
  try {
    const { text } = await openToken(compact, run.connection.decryptionKeys ?? []);
    if (text !== compact && !isSignedForm(text)) {
      return { claims: parseJsonObject(text), answer: answerWith(text, "application/json") };
    }
    const jwt = readJwt(text);
    const { keys } = await loadKeys(run.fetch, run.connection.certsUrl);
    await verifySignature(jwt, keys);
    return { claims: jwt.claims, answer: answerWith(text, "application/jwt") };
  } catch (cause) {
    throw new ProtocolFailure("userinfo_bad_jwt", [], { cause });
  }
}

function statusCode(status: number): DiagnosisCode | null {
  if (status === 200) return null;
  if (status >= 500) return "userinfo_server_error";
  return status === 401 || status === 403 ? "userinfo_refused" : "userinfo_status";
}

function settledFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ("code" in error && error.code === o.JSON_ATTRIBUTE_COMPARISON) {
    return new ProtocolFailure("userinfo_sub_mismatch", [], { cause: error });
  }
  if (!(error instanceof o.OperationProcessingError)) return error;
  const code = /"sub"/.test(error.message) ? "userinfo_sub_mismatch" : "userinfo_bad_jwt";
  return new ProtocolFailure(code, [], { cause: error });
}

async function fetchUserInfo(
  run: Run,
  accessToken: string,
  idToken: JsonObject,
): Promise<JsonObject> {
  const server = run.server(run.connection.issuer ?? String(idToken.iss));
  const response = await run.binding.send((proof) =>
    o.userInfoRequest(server, run.client, accessToken, { ...run.request, ...proof }),
  );
  const { status, headers } = response;
  const body = await response.text();
  const busy = busyAnswer("userinfo", { status, headers, body }, run.now());
  if (busy) throw new ProtocolFailure(busy.code, busy.facts);
  const failed = statusCode(status);
  const location = headers.get("location");
  if (failed)
    throw new ProtocolFailure(failed, factsOf({ "HTTP status": status, Location: location }));
  const isJwt = /^application\/jwt\b/i.test(headers.get("content-type") ?? "");
  const { claims, answer } = isJwt
    ? await readJwtForm(run, body.trim())
    : { claims: parseJsonObject(body), answer: answerWith(body.trim(), "application/json") };
  if (!claims) {
    const facts = factsOf({ "Content type": headers.get("content-type") });
    throw new ProtocolFailure("userinfo_not_json", facts);
  }
  try {
    await o.processUserInfoResponse(server, run.client, String(idToken.sub), answer);
  } catch (error) {
    throw settledFailure(error);
  }
  return claims;
}

/**
 * User info (OpenID Connect Core §5.3), asked only for what the ID token left open; null when it was
 * not needed. Throws ProtocolFailure `userinfo_*`, or what the fetch throws.
 */
export async function readUserInfo(
  run: Run,
  accessToken: string,
  idToken: JsonObject,
  notes: StepNotes,
): Promise<JsonObject | null> {
  const missing = missingIn(run, idToken);
  if (missing.length === 0 || run.connection.userinfoUrl === null) {
    notes.skipped = true;
    notes.summary =
      missing.length === 0
        ? "User info was not needed: the ID token has the email and every saved claim"
        : "User info was not asked: no User info URL is set";
    return null;
  }
  notes.add(factsOf({ "Asked because the ID token lacks": missing }));
  const claims = await fetchUserInfo(run, accessToken, idToken);
  notes.summary = `User info has ${Object.keys(claims).length} claims about the same user`;
  return claims;
}
