import * as o from "oauth4webapi";
import { clientAuth } from "../client-auth";
import { factsOf } from "../failure";
import { type JsonObject, looksLikeHtml, parseJsonObject, textOf } from "../parse-json";
import type { Connection, TokenAuthMethod } from "../schema";
import { type Problem, problemIn, problemOf } from "./finding";
import type { Probe } from "./probe";

/**
 * What a provider says to a made-up code. `code`: it complains about the code, so it got past the
 * app. `client`: it refuses the app. `other`: some other OAuth error. `none`: no OAuth answer.
 */
export type Verdict =
  | { kind: "code" | "client" | "other"; said: string }
  | { kind: "none"; problem: Problem };

const MADE_UP = "gatehouse-checks-credentials";
const CODE_ERRORS = new Set(["invalid_grant", "invalid_code", "bad_verification_code"]);
const CLIENT_ERRORS = new Set([
  "invalid_client",
  "unauthorized_client",
  "incorrect_client_credentials",
]);

/** RFC 6749 §5.2, in the body or in a challenge. GitHub's errors come with 200. */
function errorOf(json: JsonObject | null, { status, headers }: Response): string | null {
  const stated = json && textOf(json, "error");
  if (stated && /^[a-z0-9_.-]+$/.test(stated)) return stated;
  const challenge = headers.get("www-authenticate") ?? "";
  const named = /\berror="?([\w.-]+)/i.exec(challenge)?.[1];
  return named ?? (status === 401 ? "invalid_client" : null);
}

function problemWith(response: Response, body: string): Problem {
  const { status, headers } = response;
  const facts = factsOf({
    "HTTP status": status,
    Location: headers.get("location"),
    "Content type": headers.get("content-type"),
  });
  const code = () => {
    if (status >= 300 && status < 400) return "token_redirect";
    if ([404, 405, 410].includes(status)) return "token_not_found";
    if (status >= 500) return "token_server_error";
    if (looksLikeHtml(body)) return "token_html";
    return status === 200 ? "token_not_json" : "token_status";
  };
  return problemOf(code(), "exchange", facts);
}

async function verdictOf(probe: Probe, response: Response): Promise<Verdict> {
  const body = await response.text();
  const json = parseJsonObject(body);
  const error = errorOf(json, response);
  if (error === null) return { kind: "none", problem: problemWith(response, body) };
  const description = (json && textOf(json, "error_description")) ?? "";
  const words = [error, description].filter(Boolean).join(": ").slice(0, 300);
  const said = probe.run.redactor.text(words).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
  if (CODE_ERRORS.has(error)) return { kind: "code", said };
  return { kind: CLIENT_ERRORS.has(error) ? "client" : "other", said };
}

/** One token request with a made-up code (RFC 6749 §4.1.3). Never throws. */
export async function askWithMadeUpCode(
  probe: Probe,
  connection: Connection,
  method: TokenAuthMethod,
): Promise<Verdict> {
  const { run } = probe;
  const client = { ...run.client, client_id: connection.clientId };
  const server = run.server(connection.issuer ?? connection.tokenUrl);
  try {
    const response = await o.authorizationCodeGrantRequest(
      server,
      client,
      clientAuth(connection, method),
      o.validateAuthResponse(
        server,
        client,
        new URLSearchParams({ code: MADE_UP }),
        o.expectNoState,
      ),
      run.attempt.redirectUri,
      connection.pkce ? run.attempt.codeVerifier : o.nopkce,
      { ...run.request, [o.customFetch]: probe.fetch },
    );
    return await verdictOf(probe, response);
  } catch (error) {
    const title = "Token URL did not answer as expected";
    return { kind: "none", problem: problemIn(error, "exchange", title) };
  }
}
