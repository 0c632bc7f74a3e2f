import * as z from "zod";

/** Names of the cookies (reference: cloudflare-access §4.2; CF_AppRounds is our own). */
export const COOKIES = {
  authorization: "CF_Authorization",
  binding: "CF_Binding",
  session: "CF_Session",
  appSession: "CF_AppSession",
  appRounds: "CF_AppRounds",
} as const;

const numericDate = z.number().int().positive();
const everyToken = {
  aud: z.array(z.string()).min(1),
  iss: z.string(),
  iat: numericDate,
  exp: numericDate,
};

/** The one host, without its port, that a token for an application with wildcard hosts is good at. */
const host = z.string().optional();

/** A person's token for one application (reference: cloudflare-access §4.3). */
export const personTokenSchema = z.object({
  ...everyToken,
  type: z.literal("app"),
  nbf: numericDate,
  email: z.string(),
  /** Id in the user registry. */
  sub: z.uuid(),
  /** 32 hex digits: the session. */
  identity_nonce: z.string().regex(/^[0-9a-f]{32}$/),
  country: z.string().optional(),
  policy_id: z.string().optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
  /** The application's token epoch when this was made. */
  epoch: z.number().int(),
  /** SHA-256 (base64url) of the CF_Binding cookie that must come along. */
  binding: z.string().optional(),
  host,
});
export type PersonToken = z.infer<typeof personTokenSchema>;

/** A program's token for one application. */
export const serviceTokenClaimsSchema = z.object({
  ...everyToken,
  type: z.literal("app"),
  /** Client ID of the service token. */
  common_name: z.string(),
  sub: z.literal(""),
  epoch: z.number().int(),
  /** Of the secret that was proven; tokens once did not say, and then only the first secret is meant. */
  secret_version: z.number().int().default(1),
  host,
});
export type ServiceTokenClaims = z.infer<typeof serviceTokenClaimsSchema>;

/** The global token on the team domain. */
export const orgTokenSchema = z.object({
  ...everyToken,
  type: z.literal("org"),
  nbf: numericDate,
  email: z.string(),
  sub: z.uuid(),
  identity_nonce: z.string().regex(/^[0-9a-f]{32}$/),
  country: z.string().optional(),
});
export type OrgToken = z.infer<typeof orgTokenSchema>;

export const nonceOf = (sessionId: string): string => sessionId.replaceAll("-", "");
export const sessionIdOf = (nonce: string): string =>
  nonce.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** A session as the user's page shows it. */
export interface SessionSummary {
  id: string;
  userId: string;
  userEmail: string;
  loginMethod: { id: string; name: string };
  ip: string | null;
  country: string | null;
  userAgent: string | null;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Why, in words; null for a session that nobody ended. */
  revokedBecause: string | null;
  applications: { id: string; name: string; host: string; issuedAt: string; expiresAt: string }[];
}
