import * as o from "oauth4webapi";
import { clientAuth } from "./client-auth";
import { parseJsonObject, textOf } from "./parse-json";
import type { Run } from "./run";
import type { Connection, TokenAuthMethod } from "./schema";

const METHODS = ["client_secret_post", "client_secret_basic", "client_secret_basic_raw"] as const;

/** Encoding changes nothing for plain letters and digits, so asking twice would tell nothing. */
function othersOf(connection: Connection): TokenAuthMethod[] {
  const plain = /^[a-z0-9]*$/i.test(`${connection.clientId}${connection.clientSecret ?? ""}`);
  const sameAs = (method: TokenAuthMethod) =>
    plain && method === "client_secret_basic_raw" ? "client_secret_basic" : method;
  return [...new Set(METHODS.map(sameAs))].filter(
    (method) => method !== sameAs(connection.tokenAuthMethod),
  );
}

/** A made-up code: a provider that gets past the credentials complains about the code instead. */
async function complainsAboutCode(run: Run, method: TokenAuthMethod): Promise<boolean> {
  const server = run.server(run.connection.issuer ?? run.connection.tokenUrl);
  const parameters = o.validateAuthResponse(
    server,
    run.client,
    new URLSearchParams({ code: "gatehouse-checks-credentials" }),
    o.expectNoState,
  );
  const response = await o.authorizationCodeGrantRequest(
    server,
    run.client,
    clientAuth(run.connection, method),
    parameters,
    run.attempt.redirectUri,
    run.connection.pkce ? run.attempt.codeVerifier : o.nopkce,
    run.request,
  );
  const json = parseJsonObject(await response.text());
  const error = json && textOf(json, "error");
  return error === "invalid_grant" || error === "invalid_code";
}

/**
 * After a refusal: another way of client authentication that the provider accepts with the same App
 * ID and Client secret, or null. Asks at most three times, first the refused way as a control: a
 * provider that looks at the code before the credentials tells nothing.
 */
export async function acceptedAuthMethod(run: Run): Promise<TokenAuthMethod | null> {
  if (!run.connection.clientSecret) return null;
  const asks = (method: TokenAuthMethod) => complainsAboutCode(run, method).catch(() => false);
  if (await asks(run.connection.tokenAuthMethod)) return null;
  for (const method of othersOf(run.connection)) {
    if (await asks(method)) return method;
  }
  return null;
}
