import * as z from "zod";

/** One value that a rule can match: `path` is empty for the claim itself, `a.b` for a nested one. */
const claimValue = z.object({ path: z.string(), value: z.string() });

/** What the login method pushed about a person by SCIM (lib/scim/schema.ts), beside what it says at a login. */
const pushedSchema = z.object({
  /** ISO 8601, UTC. */
  refreshedAt: z.string(),
  userName: z.string(),
  externalId: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
});
export type PushedIdentity = z.infer<typeof pushedSchema>;

/**
 * What a provider said about a person at a login, as sessions and the user registry keep it and
 * policies judge it. Made from the OIDC engine's identity by `lib/users/identity.ts`.
 */
export const identitySchema = z.object({
  email: z.string(),
  name: z.string().nullable(),
  issuer: z.string(),
  subject: z.string(),
  loginMethod: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
  groups: z.array(z.string()),
  /** Authentication methods (RFC 8176), as the provider names them. */
  amr: z.array(z.string()),
  /** The saved custom claims that came: get-identity's `oidc_fields`, in saved order. */
  claims: z.array(z.object({ name: z.string(), value: z.unknown(), values: z.array(claimValue) })),
  /** In the user registry only. */
  scim: pushedSchema.optional(),
});
export type PersonIdentity = z.infer<typeof identitySchema>;

export interface UserSummary {
  id: string;
  email: string;
  name: string | null;
  loginMethod: { id: string; name: string; kind: string };
  groups: number;
  seat: boolean;
  /** Whether their login method pushes them by SCIM. */
  source: "login" | "scim";
  /** Pushed, and never signed in. */
  unclaimed: boolean;
  /** The provider pushes them as not active. */
  deactivated: boolean;
  /** ISO 8601, UTC; null for somebody who may sign in. */
  disabledAt: string | null;
  lastLoginAt: string | null;
  createdAt: string;
  /** Live global sessions. */
  sessions: number;
}

export interface UserDetail extends UserSummary {
  issuer: string;
  subject: string;
  identity: PersonIdentity;
  identityUpdatedAt: string;
  previousIdentity: PersonIdentity | null;
}
