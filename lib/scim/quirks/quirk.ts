/** What a request says of the program that sent it. */
export interface ClientTraits {
  userAgent: string | null;
  /** The query string, without `?`. */
  query?: string | null;
  /** The body as parsed, when there is one. */
  body?: unknown;
}

/**
 * A provider and the liberties it takes. Every one of them is taken from everybody: the list is what
 * the tests prove and the guides tell, and no request is read differently for who seems to send it.
 */
export interface Quirk {
  id: "okta" | "entra" | "authentik" | "jumpcloud" | "onelogin" | "google";
  name: string;
  isSender(traits: ClientTraits): boolean;
  liberties: readonly string[];
}
