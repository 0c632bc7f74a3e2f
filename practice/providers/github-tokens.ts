import { createHash, randomBytes } from "node:crypto";
import { CLIENT_SECRET } from "../accounts";
import { sendJson } from "../faults/certificates";
import { readForm } from "../login-page";
import type { Handler } from "../site";

/** What a person has granted to an app. */
export interface Grant {
  clientId: string;
  login: string;
  redirectUri: string;
  challenge: string | null;
  scopes: string[];
}

const REFUSALS = {
  incorrect_client_credentials: "The client_id and/or client_secret passed are incorrect.",
  redirect_uri_mismatch:
    "The redirect_uri MUST match the registered callback URL for this application.",
  bad_verification_code: "The code passed is incorrect or expired.",
} as const;
type Refusal = keyof typeof REFUSALS;

const provesKey = (challenge: string | null, verifier: string | null): boolean =>
  challenge === null ||
  createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url") === challenge;

function refusalOf(form: URLSearchParams, grant: Grant | undefined): Refusal | null {
  const clientId = form.get("client_id");
  if (form.get("client_secret") !== CLIENT_SECRET) return "incorrect_client_credentials";
  if (clientId === "fault-redirect-uri") return "redirect_uri_mismatch";
  if (!grant || grant.clientId !== clientId || clientId === "fault-bad-code") {
    return "bad_verification_code";
  }
  if (form.get("redirect_uri") !== grant.redirectUri) return "redirect_uri_mismatch";
  return provesKey(grant.challenge, form.get("code_verifier")) ? null : "bad_verification_code";
}

/** `POST /login/oauth/access_token`. Refusals come with status 200, as GitHub has them. */
export const tokenEndpoint =
  (
    codes: Map<string, Grant>,
    tokens: Map<string, Grant>,
    known: (clientId: string) => boolean,
  ): Handler =>
  async (request, response) => {
    const form = await readForm(request);
    const code = form.get("code") ?? "";
    if (!known(form.get("client_id") ?? "")) {
      sendJson(response, { error: "Not Found" }, 404);
      return true;
    }
    const grant = codes.get(code);
    const error = refusalOf(form, grant);
    codes.delete(code);
    const answer: Record<string, string> = {};
    if (error || !grant) {
      const refusal = error ?? "bad_verification_code";
      Object.assign(answer, { error: refusal, error_description: REFUSALS[refusal] });
    } else {
      const access_token = `gho_${randomBytes(18).toString("hex")}`;
      tokens.set(access_token, grant);
      Object.assign(answer, { access_token, scope: grant.scopes.join(","), token_type: "bearer" });
    }
    if (/json/.test(request.headers.accept ?? "")) sendJson(response, answer);
    else {
      response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" });
      response.end(new URLSearchParams(answer).toString());
    }
    return true;
  };
