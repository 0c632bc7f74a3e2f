import * as z from "zod";

export * from "./connection";

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
