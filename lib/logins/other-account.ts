import { findConnector } from "@/lib/connectors";
import type { Connection } from "@/lib/oidc/schema";

/**
 * The same connection, asking for another account than the one that the provider remembers: after
 * "Sign in with another account" it would otherwise send the same person back (OpenID Connect Core
 * §3.1.2.1).
 */
export const askingForAnotherAccount = (kind: string, connection: Connection): Connection => ({
  ...connection,
  prompt: findConnector(kind)?.otherAccountPrompt ?? "login",
});
