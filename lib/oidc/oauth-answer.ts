import { AUTH_METHOD_LABELS } from "./auth-method-labels";
import { clientRefusal } from "./client-refusal";
import type { DiagnosisCode } from "./diagnose";
import { factsOf, ProtocolFailure } from "./failure";
import { type JsonObject, parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";

/** What an endpoint that the app proves itself to has answered. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
  json: JsonObject | null;
}

export interface OAuthError {
  error: string;
  description: string;
}

export async function readAnswer(response: Response): Promise<RawAnswer> {
  const { status, headers } = response;
  const body = await response.text();
  return { status, headers, body, json: parseJsonObject(body) };
}

/** The OAuth error of an answer: from its body, or from WWW-Authenticate where that has one. */
function oauthError({ json, headers, status }: RawAnswer): OAuthError | null {
  const challenge = headers.get("www-authenticate") ?? "";
  const named = /\berror="?([\w.-]+)/i.exec(challenge)?.[1];
  const stated = json && textOf(json, "error");
  // Frameworks answer {"status":404,"error":"Not Found"}; an OAuth error is a name in lower case.
  const inBody = stated && /^[a-z0-9_.-]+$/.test(stated) ? stated : null;
  const error = inBody ?? named ?? (status === 401 ? "invalid_client" : null);
  if (error === null) return null;
  return { error, description: (json && textOf(json, "error_description")) ?? "" };
}

/**
 * The failure of an answer that holds an OAuth error, else null. A refused client is asked about
 * further, with made-up codes.
 */
export async function refusalOf(
  run: Run,
  answer: RawAnswer,
  codeOf: (found: OAuthError) => DiagnosisCode,
): Promise<ProtocolFailure | null> {
  const found = oauthError(answer);
  if (!found) return null;
  const { connection, attempt } = run;
  const code = codeOf(found);
  const why = code === "invalid_client" ? await clientRefusal(run) : null;
  return new ProtocolFailure(
    why?.code ?? code,
    [
      ...factsOf({
        "HTTP status": answer.status,
        Error: found.error,
        "Error description": found.description,
        "Token endpoint authentication": AUTH_METHOD_LABELS[connection.tokenAuthMethod],
        "Callback URL": attempt.redirectUri,
        Scopes: code === "invalid_scope" ? connection.scopes.join(" ") : null,
      }),
      ...(why?.facts ?? []),
    ],
    { remedies: why?.remedies ?? [] },
  );
}
