import * as o from "oauth4webapi";
import { clientAuth } from "./client-auth";
import { parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import type { Connection } from "./schema";

/**
 * Whether the provider gets past the credentials of a client: given a code that nobody issued, it
 * then complains about that instead. False as well when it does not answer.
 */
export async function passesCredentials(
  run: Run,
  changes: Partial<Connection> = {},
): Promise<boolean> {
  const connection = { ...run.connection, ...changes };
  try {
    const server = run.server(connection.issuer ?? connection.tokenUrl);
    const parameters = o.validateAuthResponse(
      server,
      run.client,
      new URLSearchParams({ code: "gatehouse-checks-credentials" }),
      o.expectNoState,
    );
    const response = await run.binding.send((proof) =>
      o.authorizationCodeGrantRequest(
        server,
        run.client,
        clientAuth(connection),
        parameters,
        run.attempt.redirectUri,
        connection.pkce ? run.attempt.codeVerifier : o.nopkce,
        { ...run.request, ...proof },
      ),
    );
    const json = parseJsonObject(await response.text());
    const error = json && textOf(json, "error");
    return error === "invalid_grant" || error === "invalid_code";
  } catch {
    return false;
  }
}
