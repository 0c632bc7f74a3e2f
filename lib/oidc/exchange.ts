import * as o from "oauth4webapi";
import { chooseSecret } from "./accepted-secret";
import { AUTH_METHOD_LABELS } from "./auth-method-labels";
import { busyAnswer } from "./busy-answer";
import type { CallbackAnswer } from "./callback";
import { oauthErrorCode } from "./callback";
import { clientAuth } from "./client-auth";
import type { DiagnosisCode } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import { type OAuthError, type RawAnswer, readAnswer, refusalOf } from "./oauth-answer";
import { type JsonObject, looksLikeHtml, textOf } from "./parse-json";
import type { Run } from "./run";
import type { Connection } from "./schema";
import type { StepNotes } from "./trace";

export interface TokenAnswer {
  /** The answer as it came, for the library's own reading. */
  body: string;
  idToken: string;
  accessToken: string;
  /** The provider's clock, seconds since 1970, from the `Date` header. */
  providerTime: number | null;
}

export const jsonResponse = (body: string): Response =>
  new Response(body, { headers: { "content-type": "application/json" } });

function secondsOf(date: string | null): number | null {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}

function grantCode(description: string): DiagnosisCode {
  if (/redirect/i.test(description)) return "invalid_grant_redirect";
  if (/pkce|code.?verifier|code.?challenge/i.test(description)) return "invalid_grant_pkce";
  return "invalid_grant";
}

/** GitHub's own names, which it sends with status 200. */
const OTHER_ERRORS: Record<string, DiagnosisCode> = {
  bad_verification_code: "bad_verification_code",
  incorrect_client_credentials: "invalid_client",
  redirect_uri_mismatch: "redirect_uri_mismatch",
  unverified_user_email: "no_verified_email",
};

function refusalCode({ error, description }: OAuthError, bound: boolean): DiagnosisCode {
  const other = Object.hasOwn(OTHER_ERRORS, error) && OTHER_ERRORS[error];
  if (other) return other;
  if (error === "use_dpop_nonce") return "dpop_nonce";
  if (/dpop/i.test(`${error} ${description}`)) return bound ? "dpop_refused" : "dpop_required";
  if (error === "invalid_client" || error === "unauthorized_client") return "invalid_client";
  if (error === "invalid_grant" || error === "invalid_code") return grantCode(description);
  if (error === "invalid_scope") return "invalid_scope";
  const code = oauthErrorCode(error, description, "token_error");
  return code === "pkce_required" ? code : "token_error";
}

function statusCode({ status }: RawAnswer): DiagnosisCode | null {
  if (status === 200) return null;
  if (status >= 300 && status < 400) return "token_redirect";
  if (status === 404 || status === 405 || status === 410) return "token_not_found";
  return status >= 500 ? "token_server_error" : "token_status";
}

function formCode({ headers, body, json }: RawAnswer): DiagnosisCode | null {
  if (json) return null;
  if (looksLikeHtml(body)) return "token_html";
  return /^\s*[{[]/.test(body) || /json/i.test(headers.get("content-type") ?? "")
    ? "token_bad_json"
    : "token_not_json";
}

async function refuseBadAnswer(run: Run, answer: RawAnswer): Promise<void> {
  const busy = busyAnswer("token", answer, run.now());
  if (busy) throw new ProtocolFailure(busy.code, busy.facts);
  const bound = run.connection.dpop === true;
  const refused = await refusalOf(run, answer, (found) => refusalCode(found, bound));
  if (refused) throw refused;
  const code = statusCode(answer) ?? formCode(answer);
  if (code === null) return;
  throw new ProtocolFailure(
    code === "token_status" && looksLikeHtml(answer.body) ? "token_html" : code,
    factsOf({
      "HTTP status": answer.status,
      "Content type": answer.headers.get("content-type"),
      Location: answer.headers.get("location"),
    }),
  );
}

function missingPart(json: JsonObject, { personApi }: Connection): ProtocolFailure | null {
  const missing = ["access_token", "token_type"].filter((name) => textOf(json, name) === null);
  if (missing.length > 0)
    return new ProtocolFailure("token_incomplete", factsOf({ Missing: missing }));
  if (personApi) return null;
  if (json.id_token === undefined || json.id_token === null)
    return new ProtocolFailure("no_id_token");
  return textOf(json, "id_token") === null
    ? new ProtocolFailure("id_token_malformed", factsOf({ Reason: "it is not a text" }))
    : null;
}

/** The library has the last word on the answer; the ID token has a step of its own. */
async function settle(run: Run, json: JsonObject): Promise<void> {
  const { id_token: _later, ...rest } = json;
  try {
    const server = run.server(run.connection.issuer ?? run.connection.tokenUrl);
    await o.processGenericTokenEndpointResponse(
      server,
      run.client,
      jsonResponse(JSON.stringify(rest)),
    );
  } catch (cause) {
    throw new ProtocolFailure(
      "token_incomplete",
      factsOf({ Missing: "an answer that fits RFC 6749" }),
      {
        cause,
      },
    );
  }
}

/** RFC 9449 §5: a bound token is of type DPoP. Any other is an ordinary one, which no proof goes with. */
function checkTokenType({ connection, binding }: Run, json: JsonObject, notes: StepNotes): void {
  const type = textOf(json, "token_type");
  notes.add(factsOf({ "Token type": type }));
  if (!connection.dpop || /^dpop$/i.test(type ?? "")) return;
  binding.giveUp();
  notes.warn("dpop_bearer", factsOf({ "Token type": type }));
}

/** Step 5: the sign-in code for tokens (RFC 6749 §4.1.3). */
export async function exchangeCode(
  run: Run,
  callback: CallbackAnswer,
  notes: StepNotes,
): Promise<TokenAnswer> {
  const { connection, attempt } = run;
  const method = AUTH_METHOD_LABELS[connection.tokenAuthMethod];
  notes.add(factsOf({ "Token endpoint authentication": method }));
  const chosen = await chooseSecret(run);
  const response = await run.binding.send((proof) =>
    o.authorizationCodeGrantRequest(
      run.server(callback.iss ?? connection.issuer ?? connection.tokenUrl),
      run.client,
      clientAuth(chosen.connection),
      callback.parameters,
      attempt.redirectUri,
      connection.pkce ? attempt.codeVerifier : o.nopkce,
      { ...run.request, ...proof },
    ),
  );
  const answer = await readAnswer(response);
  const { status, headers, body } = answer;
  await refuseBadAnswer(run, answer);
  chosen.tell(notes);
  const json = answer.json ?? {};
  for (const name of ["access_token", "refresh_token", "id_token"])
    run.redactor.learnIssued(json[name]);
  const missing = missingPart(json, connection);
  if (missing) throw missing;
  await settle(run, json);
  checkTokenType(run, json, notes);
  const type = headers.get("content-type") ?? "none";
  if (!/json/i.test(type)) notes.warn("token_content_type", factsOf({ "Content type": type }));
  const providerTime = secondsOf(headers.get("date"));
  notes.add(
    factsOf({
      "HTTP status": status,
      "Scopes granted": textOf(json, "scope"),
      "Refresh token": json.refresh_token === undefined ? "not sent" : "sent, and thrown away",
    }),
  );
  notes.summary = `The provider took the code; the app proved itself by ${method}`;
  return {
    body,
    idToken: String(json.id_token),
    accessToken: String(json.access_token),
    providerTime,
  };
}
