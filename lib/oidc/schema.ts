import * as z from "zod";

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

/** The eight steps of a round trip, in order (reference: ux §2.9). */
export const STEPS = [
  "configuration",
  "keys",
  "authorize",
  "callback",
  "exchange",
  "id_token",
  "user_info",
  "identity",
] as const;
export type Step = (typeof STEPS)[number];

const fact = z.object({ label: z.string(), value: z.string() });
export type Fact = z.infer<typeof fact>;

/** One HTTP request and answer with secrets, codes and tokens already taken out. */
export const exchangeSchema = z.object({
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().nullable(),
  status: z.number().nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().nullable(),
  /** What went wrong below HTTP, in words. */
  error: z.string().nullable(),
  ms: z.number(),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export const traceStepSchema = z.object({
  step: z.enum(STEPS),
  status: z.enum(["ok", "warning", "failed", "skipped"]),
  /** One sentence that an admin can read. */
  summary: z.string(),
  ms: z.number(),
  facts: z.array(fact),
  exchanges: z.array(exchangeSchema),
});
export type TraceStep = z.infer<typeof traceStepSchema>;

/** A change of settings that Gatehouse can make by itself: one button. */
export const remedySchema = z.object({
  /** What the button does, such as `Turn on PKCE`. */
  label: z.string(),
  /** New values by config key; null removes a stored secret. */
  set: z.record(
    z.string(),
    z.union([z.string(), z.boolean(), z.number(), z.array(z.string()), z.null()]),
  ),
});
export type Remedy = z.infer<typeof remedySchema>;

/** Cause and fix of a failure or a warning (reference: protocols §2, ux §2.9). */
export const diagnosisSchema = z.object({
  /** Stable name of the row in the catalogue, such as `invalid_client` or `jwks_html`. */
  code: z.string(),
  step: z.enum(STEPS),
  title: z.string(),
  /** One sentence. */
  cause: z.string(),
  /** Numbered steps, each a sentence. */
  fixes: z.array(z.string()),
  /** Config key of the field to look at, for a deep link. */
  field: z.string().nullable(),
  facts: z.array(fact),
  /** Most promising first; empty where only the provider's admin can help. */
  remedies: z.array(remedySchema).default([]),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

export const claimSourceSchema = z.enum(["id_token", "user_info", "groups_api"]);
export type ClaimSource = z.infer<typeof claimSourceSchema>;

/** One value that a policy can match: `path` is empty for the claim itself, `a.b` for a nested one. */
const claimValue = z.object({ path: z.string(), value: z.string() });
export type ClaimValue = z.infer<typeof claimValue>;

/** Why some values of a claim are not among those that a policy can match. */
const note = z.string().optional();

const sourced = <T extends z.ZodType>(value: T) =>
  z.object({ value, source: claimSourceSchema, claim: z.string() });

export const identitySchema = z.object({
  sub: sourced(z.string()),
  email: sourced(z.string()).nullable(),
  name: sourced(z.string()).nullable(),
  groups: sourced(z.array(z.string())).nullable(),
  amr: sourced(z.array(z.string())).nullable(),
  /** The claims that came back for the saved custom claims, in saved order. */
  custom: z.array(
    z.object({
      name: z.string(),
      source: claimSourceSchema,
      value: z.unknown(),
      values: z.array(claimValue),
      note,
    }),
  ),
  /** Saved custom claims that did not come, with the likely reason. */
  missing: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** Claims that came and are not saved, with their type and separate values (first 20). */
  unsaved: z.array(
    z.object({
      name: z.string(),
      source: claimSourceSchema,
      type: z.string(),
      values: z.array(claimValue),
      note,
    }),
  ),
});
export type Identity = z.infer<typeof identitySchema>;

export const claimSetsSchema = z.object({
  idTokenHeader: z.record(z.string(), z.unknown()).nullable(),
  idTokenPayload: z.record(z.string(), z.unknown()).nullable(),
  userInfo: z.record(z.string(), z.unknown()).nullable(),
  /** What policies see: the saved custom claims that came back. */
  oidcFields: z.record(z.string(), z.unknown()),
});
export type ClaimSets = z.infer<typeof claimSetsSchema>;

/** How a round trip ended. Steps that were not reached are absent. */
export const outcomeSchema = z.object({
  status: z.enum(["passed", "passed_with_warnings", "failed"]),
  steps: z.array(traceStepSchema),
  diagnosis: diagnosisSchema.nullable(),
  warnings: z.array(diagnosisSchema),
  identity: identitySchema.nullable(),
  claims: claimSetsSchema.nullable(),
  /** `iss` of the verified ID token, to be pinned when no issuer is configured. */
  issuer: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;
