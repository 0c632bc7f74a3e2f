import { acceptedAuthMethod } from "./accepted-auth-method";
import { AUTH_METHOD_LABELS } from "./auth-method-labels";
import { audienceOf } from "./client-auth";
import type { DiagnosisCode } from "./diagnose";
import { factsOf } from "./failure";
import { passesCredentials } from "./made-up-code";
import type { Run } from "./run";
import type { Connection, Fact, Remedy } from "./schema";

export interface ClientRefusal {
  code: DiagnosisCode;
  facts: Fact[];
  remedies: Remedy[];
}

const AUDIENCES = { token_url: "the Token URL", issuer: "the issuer" } as const;
type Audience = keyof typeof AUDIENCES;

/** The audience that was not tried; null where naming it would change nothing. */
function otherAudience(connection: Connection): Audience | null {
  const other = (connection.assertionAudience ?? "token_url") === "issuer" ? "token_url" : "issuer";
  const changed = audienceOf({ ...connection, assertionAudience: other });
  return changed === audienceOf(connection) ? null : other;
}

async function keyRefusal(run: Run): Promise<ClientRefusal> {
  const { connection } = run;
  const facts = factsOf({
    "Key ID": connection.clientKey?.kid,
    Algorithm: connection.clientKey?.alg,
    Audience: audienceOf(connection),
  });
  const other = otherAudience(connection);
  const isAccepted =
    other !== null &&
    !(await passesCredentials(run)) &&
    (await passesCredentials(run, { assertionAudience: other }));
  if (!isAccepted) return { code: "client_key_refused", facts, remedies: [] };
  const label = `Make the assertion out to ${AUDIENCES[other]}`;
  return {
    code: "client_key_audience",
    facts: [...facts, ...factsOf({ "Accepted as": AUDIENCES[other] })],
    remedies: [{ label, set: { assertion_audience: other } }],
  };
}

/** Why the provider refused this client, as far as made-up codes can tell. */
export async function clientRefusal(run: Run): Promise<ClientRefusal> {
  if (run.connection.tokenAuthMethod === "private_key_jwt") return keyRefusal(run);
  const accepted = await acceptedAuthMethod(run);
  return {
    code: accepted ? "invalid_client_method" : "invalid_client",
    facts: factsOf({ "Accepted as": accepted && AUTH_METHOD_LABELS[accepted] }),
    remedies: [],
  };
}
