import * as o from "oauth4webapi";
import { isReservedParameter } from "./authorization-params";
import { factsOf } from "./failure";
import { pushRequest } from "./par";
import type { Run } from "./run";
import type { StepNotes } from "./trace";

const notReserved = (parameters: Iterable<[string, string]>): [string, string][] =>
  [...parameters].filter(([name]) => !isReservedParameter(name));

/** What is asked for (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3): nothing that was typed goes before it. */
async function requestOf({ connection, attempt }: Run): Promise<URLSearchParams> {
  const request = new URLSearchParams(notReserved(Object.entries(connection.extraParams ?? {})));
  request.set("response_type", "code");
  request.set("client_id", connection.clientId);
  request.set("redirect_uri", attempt.redirectUri);
  request.set("scope", connection.scopes.join(" "));
  request.set("state", attempt.state);
  // Nothing would send it back where there is no ID token.
  if (!connection.personApi) request.set("nonce", attempt.nonce);
  if (connection.prompt) request.set("prompt", connection.prompt);
  if (typeof connection.maxAge === "number") request.set("max_age", String(connection.maxAge));
  if (connection.pkce) {
    request.set("code_challenge", await o.calculatePKCECodeChallenge(attempt.codeVerifier));
    request.set("code_challenge_method", "S256");
  }
  return request;
}

/** The Auth URL with its own query, but for parameters that would change what is asked for. */
function addressOf(authUrl: string): { url: URL; dropped: string[] } {
  const url = new URL(authUrl);
  const own = [...url.searchParams];
  const dropped = own.map(([name]) => name).filter(isReservedParameter);
  if (dropped.length > 0) url.search = new URLSearchParams(notReserved(own)).toString();
  return { url, dropped };
}

/** Step 3: the address that the browser is sent to. */
export async function authorizationUrl(run: Run, notes: StepNotes): Promise<string> {
  const { connection, attempt } = run;
  const request = await requestOf(run);
  const { url, dropped } = addressOf(connection.authUrl);
  const sent = connection.parUrl
    ? new URLSearchParams({
        client_id: connection.clientId,
        request_uri: await pushRequest(run, request, notes),
      })
    : request;
  for (const [name, value] of sent) url.searchParams.set(name, value);
  notes.add(
    factsOf({
      URL: run.redactor.url(url.href),
      "Callback URL": attempt.redirectUri,
      Scopes: connection.scopes.join(" "),
      Prompt: connection.prompt,
      "Maximum age": typeof connection.maxAge === "number" ? `${connection.maxAge} s` : null,
      "Extra parameters": Object.keys(connection.extraParams ?? {}).join(", "),
      "Left out of the Auth URL": dropped.join(", "),
      PKCE: connection.pkce ? "on (S256)" : "off",
    }),
  );
  if (connection.parUrl) notes.summary = "The request was pushed; the browser was sent after it";
  return url.href;
}
