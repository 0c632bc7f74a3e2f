import * as o from "oauth4webapi";
import { factsOf } from "./failure";
import type { Run } from "./run";
import type { StepNotes } from "./trace";

/** Step 3: the address that the browser is sent to (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3). */
export async function authorizationUrl(run: Run, notes: StepNotes): Promise<string> {
  const { connection, attempt } = run;
  const url = new URL(connection.authUrl);
  const set = (name: string, value: string) => url.searchParams.set(name, value);
  set("response_type", "code");
  set("client_id", connection.clientId);
  set("redirect_uri", attempt.redirectUri);
  set("scope", connection.scopes.join(" "));
  set("state", attempt.state);
  // Nothing would send it back where there is no ID token.
  if (!connection.personApi) set("nonce", attempt.nonce);
  if (connection.prompt) set("prompt", connection.prompt);
  if (connection.pkce) {
    set("code_challenge", await o.calculatePKCECodeChallenge(attempt.codeVerifier));
    set("code_challenge_method", "S256");
  }
  notes.add(
    factsOf({
      URL: run.redactor.url(url.href),
      "Callback URL": attempt.redirectUri,
      Scopes: connection.scopes.join(" "),
      Prompt: connection.prompt,
      PKCE: connection.pkce ? "on (S256)" : "off",
    }),
  );
  return url.href;
}
