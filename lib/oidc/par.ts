import * as o from "oauth4webapi";
import { chooseSecret } from "./accepted-secret";
import { oauthErrorCode } from "./callback";
import { clientAuth } from "./client-auth";
import type { DiagnosisCode } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import { type OAuthError, type RawAnswer, readAnswer, refusalOf } from "./oauth-answer";
import { looksLikeHtml, textOf } from "./parse-json";
import type { Run } from "./run";
import type { StepNotes } from "./trace";

function refusalCode({ error, description }: OAuthError, bound: boolean): DiagnosisCode {
  if (error === "invalid_client" || error === "unauthorized_client") return "invalid_client";
  if (/redirect.?uri/i.test(`${error} ${description}`)) return "par_redirect_uri";
  if (/dpop/i.test(`${error} ${description}`) && !bound) return "dpop_required";
  const code = oauthErrorCode(error, description, "par_refused");
  return code === "pkce_required" || code === "invalid_scope" ? code : "par_refused";
}

/** RFC 9126 §2.2 answers 201; some providers say 200. */
function answerCode({ status, body, json }: RawAnswer): DiagnosisCode | null {
  if (looksLikeHtml(body)) return "par_html";
  if (status >= 300 && status < 400) return "par_redirect";
  if (status === 404 || status === 405 || status === 410) return "par_not_found";
  if (status !== 200 && status !== 201) return "par_status";
  return json && textOf(json, "request_uri") ? null : "par_incomplete";
}

/**
 * Pushes an authorization request (RFC 9126) and returns the `request_uri` that stands for it, which
 * works once and for a minute or so. Throws ProtocolFailure, or what the fetch throws.
 */
export async function pushRequest(
  run: Run,
  parameters: URLSearchParams,
  notes: StepNotes,
): Promise<string> {
  const { connection, client } = run;
  const chosen = await chooseSecret(run);
  const server = run.server(connection.issuer ?? connection.tokenUrl);
  const answer = await readAnswer(
    await o.pushedAuthorizationRequest(
      server,
      client,
      clientAuth(chosen.connection, undefined, connection.parUrl ?? undefined),
      parameters,
      run.request,
    ),
  );
  const requestUri = answer.json && textOf(answer.json, "request_uri");
  run.redactor.learnIssued(requestUri);
  const refused = await refusalOf(run, answer, (found) =>
    refusalCode(found, connection.dpop === true),
  );
  if (refused) throw refused;
  const code = answerCode(answer);
  if (code !== null || !requestUri) {
    const { status, headers } = answer;
    throw new ProtocolFailure(
      code ?? "par_incomplete",
      factsOf({
        "HTTP status": status,
        "Content type": headers.get("content-type"),
        Location: headers.get("location"),
      }),
    );
  }
  const lives = Number(answer.json?.expires_in);
  notes.add(
    factsOf({
      "Pushed to": connection.parUrl,
      "Pushed request is valid for": Number.isFinite(lives) ? `${lives} s` : null,
    }),
  );
  return requestUri;
}
