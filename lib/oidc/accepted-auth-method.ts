import { passesCredentials } from "./made-up-code";
import type { Run } from "./run";
import type { Connection, TokenAuthMethod } from "./schema";

const METHODS = ["client_secret_post", "client_secret_basic", "client_secret_basic_raw"] as const;

export const sendsSecret = ({ tokenAuthMethod, clientSecret }: Connection): boolean =>
  Boolean(clientSecret) && METHODS.some((method) => method === tokenAuthMethod);

/** Encoding changes nothing for plain letters and digits, so asking twice would tell nothing. */
export function othersOf(connection: Connection): TokenAuthMethod[] {
  const plain = /^[a-z0-9]*$/i.test(`${connection.clientId}${connection.clientSecret ?? ""}`);
  const sameAs = (method: TokenAuthMethod) =>
    plain && method === "client_secret_basic_raw" ? "client_secret_basic" : method;
  return [...new Set(METHODS.map(sameAs))].filter(
    (method) => method !== sameAs(connection.tokenAuthMethod),
  );
}

/**
 * After a refusal: another way of client authentication that the provider accepts with the same App
 * ID and Client secret, or null. Asks at most three times, first the refused way as a control: a
 * provider that looks at the code before the credentials tells nothing.
 */
export async function acceptedAuthMethod(run: Run): Promise<TokenAuthMethod | null> {
  if (!sendsSecret(run.connection) || (await passesCredentials(run))) return null;
  for (const tokenAuthMethod of othersOf(run.connection)) {
    if (await passesCredentials(run, { tokenAuthMethod })) return tokenAuthMethod;
  }
  return null;
}
