import type { Connection, Prompt } from "@/lib/oidc/schema";

/** Providers that do not know `login`, or forget who is signed in only when asked to choose. */
const CHOOSERS = new Set(["google", "google_workspace", "entra", "github"]);

/**
 * The same connection, asking for another account than the one that the provider remembers: after
 * "Sign in with another account" it would otherwise send the same person back (OpenID Connect Core
 * §3.1.2.1).
 */
export function askingForAnotherAccount(kind: string, connection: Connection): Connection {
  const prompt: Prompt = CHOOSERS.has(kind) ? "select_account" : "login";
  return { ...connection, prompt };
}
