import * as z from "zod";
import type { Diagnosis, Identity, TraceStep } from "@/lib/oidc/schema";

const loginChainSchema = z.object({
  /** Origin to go back to. */
  back: z.string(),
  /** Hosts that are still to come, with their ports. */
  hosts: z.array(z.string()),
});
/** What is left of the way through the hosts of an application (`eager_redirect_cookie_setting`). */
export type LoginChain = z.infer<typeof loginChainSchema>;

/**
 * What the gate tells the team domain about a request that has to sign in: signed with the master key
 * (lib/logins/meta.ts), so that nobody can make a login page lead elsewhere.
 */
export const loginMetaSchema = z.object({
  /** Application id, and its aud. */
  app: z.uuid(),
  aud: z.string(),
  /** Origin on which the application was asked for, such as `https://app.example.com:8443`. */
  origin: z.string(),
  /** Path and query to come back to; begins with one slash. */
  path: z.string(),
  /** SHA-256 (base64url) of the CF_AppSession cookie that the gate set or found. */
  browser: z.string(),
  /** Seconds since 1970. */
  iat: z.number().int(),
  /** Tokens that this browser was just handed in vain (lib/logins/rounds.ts); absent for none. */
  rounds: z.number().int().optional(),
  /** Where this host comes by on the way through the others; `path` is then one of `chain.back`. */
  chain: loginChainSchema.optional(),
  /** The login that let the person in, on the way back: its reference, and its id where it has a trace. */
  login: z.object({ ref: z.string(), id: z.uuid().nullable() }).optional(),
});
export type LoginMeta = z.infer<typeof loginMetaSchema>;

/** Minutes that a person has to sign in at the provider. */
export const SIGN_IN_MINUTES = 10;

/** Failed logins that are kept, with the entries of the Access log that lead to them. */
export const MOST_FAILED_LOGINS = 100_000;

/** Seconds for which a meta leads back: as long as its CF_AppSession cookie lives. */
export const META_SECONDS = 24 * 3600;

/** Where a login leads. `meta` is null when the login page was opened by hand, or for the App Launcher. */
export const loginTargetSchema = z.object({
  applicationId: z.uuid().nullable(),
  host: z.string().nullable(),
  /** Path and query to go to, where `meta` does not say. */
  path: z.string().default("/"),
  meta: loginMetaSchema.nullable(),
  /** "Sign in with another account": the session that this browser has ends with it. */
  otherAccount: z.boolean().default(false),
});
export type LoginTarget = z.infer<typeof loginTargetSchema>;

/** One login with its trace, as the Access log leads to it. */
export interface LoginRecord {
  id: string;
  ref: string;
  status: "waiting" | "running" | "passed" | "denied" | "failed";
  loginMethod: { id: string; name: string; kind: string };
  application: { id: string; name: string } | null;
  host: string | null;
  ip: string | null;
  userAgent: string | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  finishedAt: string | null;
  redirectUri: string;
  steps: TraceStep[];
  diagnosis: Diagnosis | null;
  warnings: Diagnosis[];
  identity: Identity | null;
}
