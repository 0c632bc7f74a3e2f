import { mayUsePlainHttp } from "@/lib/outbound/plain-http";
import { AUTH_METHOD_LABELS } from "./auth-method-labels";
import { certificateFacts, warnOfCertificates } from "./certificate-facts";
import { factsOf, ProtocolFailure } from "./failure";
import type { Run } from "./run";
import type { Connection } from "./schema";
import type { StepNotes } from "./trace";

export { AUTH_METHOD_LABELS } from "./auth-method-labels";

const isHttpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password;
};

function endpoints(connection: Connection): [string, string][] {
  const { authUrl, tokenUrl, certsUrl, userinfoUrl, personApi, parUrl } = connection;
  if (personApi) {
    return [
      ["Auth URL", authUrl],
      ["Token URL", tokenUrl],
      ["API URL", personApi.profileUrl],
    ];
  }
  return [
    ["Auth URL", authUrl],
    ["Token URL", tokenUrl],
    ["Certificate URL", certsUrl],
    ...(userinfoUrl === null ? [] : [["User info URL", userinfoUrl] as [string, string]]),
    ...(parUrl ? [["Pushed authorization request URL", parUrl] as [string, string]] : []),
  ];
}

/** What an admin should know of the settings themselves, whether the test passes or not. */
export function warnOfSettings(run: Run): void {
  const { tokenAuthMethod, pkce } = run.connection;
  if (tokenAuthMethod === "none" && !pkce) run.trace.warn("public_without_pkce", "configuration");
  warnOfCertificates(run);
}

/** The app must have what it is to prove itself with. */
function refuseWithoutProof({ tokenAuthMethod, clientKey, clientSecret }: Connection): void {
  if (tokenAuthMethod === "none" || tokenAuthMethod === "tls_client_auth") return;
  if (tokenAuthMethod === "private_key_jwt") {
    if (!clientKey) throw new ProtocolFailure("no_client_key");
  } else if (!clientSecret) throw new ProtocolFailure("no_client_secret");
}

function issuerFact({ issuer, issuerTemplate, personApi }: Connection): string {
  if (personApi) return "none: this provider has no ID tokens";
  return issuer ?? issuerTemplate?.template ?? "not known yet: learnt at the first test";
}

/** Step 1: the settings make sense before anything is sent. */
export async function checkConfiguration(run: Run, notes: StepNotes): Promise<void> {
  const { connection } = run;
  const addresses = endpoints(connection);
  notes.add(
    factsOf({
      "App ID": connection.clientId,
      ...Object.fromEntries(addresses),
      Issuer: issuerFact(connection),
      Scopes: connection.scopes.join(" "),
      "Callback URL": run.attempt.redirectUri,
      "Token endpoint authentication": AUTH_METHOD_LABELS[connection.tokenAuthMethod],
      PKCE: connection.pkce ? "on (S256)" : "off",
      DPoP: connection.dpop ? "on" : null,
    }),
  );
  notes.add(certificateFacts(connection.tls));
  for (const [label, url] of addresses) {
    if (!isHttpUrl(url)) throw new ProtocolFailure("bad_url", factsOf({ Field: label }));
    if (url.startsWith("http:") && !(await mayUsePlainHttp(run.policy, url))) {
      throw new ProtocolFailure("plain_http", factsOf({ Field: label }));
    }
  }
  refuseWithoutProof(connection);
}
