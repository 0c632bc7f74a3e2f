import * as z from "zod";

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
});
export type LoginMeta = z.infer<typeof loginMetaSchema>;

/** Where a login leads. `meta` is null when the login page was opened by hand, or for the App Launcher. */
export const loginTargetSchema = z.object({
  applicationId: z.uuid().nullable(),
  host: z.string().nullable(),
  meta: loginMetaSchema.nullable(),
});
export type LoginTarget = z.infer<typeof loginTargetSchema>;
