import * as o from "oauth4webapi";
import { sameText } from "@/lib/kit/secrets";
import type { DiagnosisCode } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import type { Run } from "./run";
import type { StepNotes } from "./trace";

/** Stands where an issuer is not known yet; no token can name it (RFC 2606). */
const UNKNOWN_ISSUER = "https://issuer.unknown.invalid";

export interface CallbackAnswer {
  /** Checked parameters, as oauth4webapi wants them for the exchange. */
  parameters: URLSearchParams;
  /** The `iss` parameter (RFC 9207), null when the provider sends none. */
  iss: string | null;
}

const ERRORS: Record<string, DiagnosisCode> = {
  access_denied: "access_denied",
  invalid_scope: "invalid_scope",
  invalid_request: "invalid_request",
  unauthorized_client: "unauthorized_client",
  unsupported_response_type: "unsupported_response_type",
  login_required: "login_required",
  interaction_required: "login_required",
  consent_required: "login_required",
  account_selection_required: "login_required",
  server_error: "provider_error",
  temporarily_unavailable: "provider_error",
  redirect_uri_mismatch: "redirect_uri_mismatch",
  application_suspended: "app_suspended",
};

/** The code of an OAuth error, wherever it stands. Providers name PKCE in the description only. */
export function oauthErrorCode(
  error: string,
  description: string,
  otherwise: DiagnosisCode,
): DiagnosisCode {
  const aboutPkce = /code.?challenge|pkce|code.?verifier|proof key/i.test(description);
  if (aboutPkce && /^(invalid_request|access_denied|unauthorized_client)$/.test(error)) {
    return "pkce_required";
  }
  if (/groups? claim.{0,40}too many|too many groups/i.test(description)) return "groups_too_many";
  if (/pushed.?authori[sz]ation/i.test(description)) return "par_required";
  return (Object.hasOwn(ERRORS, error) && ERRORS[error]) || otherwise;
}

function refuseOtherShapes(query: URLSearchParams): void {
  for (const name of ["code", "state", "iss", "error"]) {
    if (query.getAll(name).length > 1) {
      throw new ProtocolFailure("callback_duplicate", factsOf({ Parameter: name }));
    }
  }
  if (query.has("response")) {
    throw new ProtocolFailure("response_mode", factsOf({ Found: "a signed answer (JARM)" }));
  }
  const token = ["id_token", "access_token", "token"].find((name) => query.has(name));
  if (token) {
    throw new ProtocolFailure("response_mode", factsOf({ Found: `a token (${token})` }));
  }
}

function checkState(expected: string, query: URLSearchParams): void {
  const state = query.get("state");
  if (state === null) {
    const facts = factsOf({
      Error: query.get("error"),
      "Error description": query.get("error_description"),
    });
    throw new ProtocolFailure(
      query.has("error") ? "callback_error_unverified" : "state_missing",
      facts,
    );
  }
  if (!sameText(state, expected)) throw new ProtocolFailure("state_mismatch");
}

/** Step 4: what the browser brought back (RFC 6749 §4.1.2, RFC 9207). */
export function readCallback(run: Run, query: URLSearchParams, notes: StepNotes): CallbackAnswer {
  const { connection, attempt } = run;
  run.redactor.learnIssued(query.get("code"));
  refuseOtherShapes(query);
  checkState(attempt.state, query);
  const iss = query.get("iss");
  notes.add(
    factsOf({
      State: "the one that was sent",
      "Issuer in the answer": iss ?? "not sent",
      Error: query.get("error"),
      "Error description": query.get("error_description"),
    }),
  );
  if (iss === null && connection.requireIss) throw new ProtocolFailure("callback_iss_missing");
  const expected = connection.issuer ?? iss ?? UNKNOWN_ISSUER;
  if (iss !== null && iss !== expected) {
    throw new ProtocolFailure(
      "callback_iss_mismatch",
      factsOf({ "Issuer in the answer": iss, "Expected issuer": expected }),
    );
  }
  const error = query.get("error");
  if (error !== null) {
    const description = query.get("error_description") ?? "";
    throw new ProtocolFailure(
      oauthErrorCode(error, description, "callback_error"),
      factsOf({
        Error: error,
        "Error description": description,
        Scopes: connection.scopes.join(" "),
        "Callback URL": attempt.redirectUri,
      }),
    );
  }
  if (!query.get("code")) throw new ProtocolFailure("no_code");
  const server = run.server(expected);
  return { parameters: o.validateAuthResponse(server, run.client, query, attempt.state), iss };
}
