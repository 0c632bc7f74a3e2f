export const TOKEN_AUTH_METHODS = [
  "client_secret_post",
  "client_secret_basic",
  "client_secret_basic_raw",
  "private_key_jwt",
  "tls_client_auth",
  "none",
] as const;
export type TokenAuthMethod = (typeof TOKEN_AUTH_METHODS)[number];

export const PROMPTS = ["login", "select_account", "consent", "none"] as const;
export type Prompt = (typeof PROMPTS)[number];

/** Where a provider lists all groups of a person, for those who are in more than a token holds. */
export interface GroupsApi {
  /** Address of the first page; `{sub}` stands for the subject of the ID token. */
  url: string;
  /** Sent as `Authorization: <scheme> <token>`, and nowhere but to the origin and path of `url`. */
  scheme: string;
  token: string;
  /** Where the name is in each element of the list. */
  namePath: readonly string[];
}

/** A private key that Gatehouse made, as a JWK (RFC 7517) with `kid`, `alg` and `use`. */
export type PrivateJwk = Readonly<Record<string, string>>;

/** What TLS to one provider needs beyond the system's own authorities; all PEM. */
export interface ClientTls {
  /** Certificate authorities to trust besides the system's. */
  ca: string | null;
  /** Client certificate, with its chain (RFC 8705). */
  cert: string | null;
  key: string | null;
}

/** One list of groups of the signed-in person. */
export interface PersonGroups {
  url: string;
  /** Where the parts of a name are in each element; they are joined by `/`. */
  namePaths: readonly (readonly string[])[];
}

/** How a person is read where there is no ID token: plain OAuth 2.0 (decision 0008). */
export interface PersonApi {
  /** Answers a JSON object about the signed-in person. */
  profileUrl: string;
  /** Member of the profile that never changes for a person: a text, or a whole number. */
  subject: string;
  /** Claims by the member of the profile that holds them; the other members keep their names. */
  claimNames: Readonly<Record<string, string>>;
  /** Lists `{email, primary, verified}`: nobody vouches for an address of the profile itself. */
  emailsUrl: string;
  groups: readonly PersonGroups[];
  /** Scopes that the lists need, to name the one that is missing. */
  scopes: { emails: string; groups: string };
  /** Sent with every request, besides the access token. */
  headers: Readonly<Record<string, string>>;
}

/** A claim that the ID token must hold with exactly this value. */
export interface RequiredClaim {
  name: string;
  value: string;
}

/** What the engine needs to know of one login method. A connector's `open` makes it. */
export interface Connection {
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
  /** The secret before this one, tried when the provider refuses `clientSecret`. */
  previousClientSecret?: string | null;
  /** Signs the client assertion of `private_key_jwt` (RFC 7523). */
  clientKey?: PrivateJwk | null;
  /** Whom that assertion is made out to; the Token URL when absent. */
  assertionAudience?: "token_url" | "issuer";
  /** Opens encrypted ID tokens. */
  decryptionKeys?: readonly PrivateJwk[];
  /** Present for a provider without OpenID Connect: no ID token is expected. */
  personApi?: PersonApi;
  /** Pushed authorization requests (RFC 9126) are sent here. */
  parUrl?: string | null;
  /** Tokens are bound to a key of this round trip (RFC 9449). */
  dpop?: boolean;
  /** ID tokens signed with the client secret are accepted, where the provider publishes no keys. */
  acceptHs256?: boolean;
  /** Every answer to the browser must name the issuer (RFC 9207 §2.4). */
  requireIss?: boolean;
  /** Seconds since the person last signed in at the provider; 0 asks always. */
  maxAge?: number | null;
  /** More parameters of the authorization request. */
  extraParams?: Readonly<Record<string, string>>;
  tls?: ClientTls | null;
  /** `iss` with `{tenantid}` in it, to be filled with the token's `tid`, and the tenants let in. */
  issuerTemplate?: { template: string; tenants: readonly string[] } | null;
  /** Other accounts are refused, whatever the provider says of them. */
  requiredClaims?: readonly RequiredClaim[];
  /** Claim that must be true for the email address to count, such as `xms_edov`. */
  emailProof?: string | null;
  /** Whether groups should come: they are looked for in user info too, and missed when none came. */
  expectsGroups?: boolean;
  /** Where the provider publishes its discovery document, as far as that is known. */
  discoveryUrl?: string | null;
  /** Config keys that a remedy may set; any when absent. */
  configKeys?: readonly string[];
  tokenAuthMethod: TokenAuthMethod;
  authUrl: string;
  tokenUrl: string;
  certsUrl: string;
  userinfoUrl: string | null;
  /** Expected `iss`, compared byte for byte; null when it is learnt at the first test. */
  issuer: string | null;
  scopes: readonly string[];
  pkce: boolean;
  prompt: Prompt | null;
  /** Seconds. */
  clockTolerance: number;
  /** Claim that holds the email address. */
  emailClaim: string;
  /** Custom claims to keep in the identity, by name. */
  claims: readonly string[];
  groupsApi?: GroupsApi;
}
