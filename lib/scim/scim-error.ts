/** Detail error keywords of RFC 7644 §3.12 (and RFC 9865 §2.2 for cursors). */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

export type ScimStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 412
  | 413
  | 415
  | 429
  | 500
  | 501
  | 503;

/** A refusal as a SCIM client reads it: `detail` is safe to show, and says what to change. */
export class ScimError extends Error {
  override readonly name = "ScimError";
  /** Seconds, for the header of a 429. */
  readonly retryAfter: number | undefined;
  constructor(
    readonly status: ScimStatus,
    readonly detail: string,
    readonly scimType?: ScimType,
    options: ErrorOptions & { retryAfter?: number } = {},
  ) {
    super(detail, options);
    this.retryAfter = options.retryAfter;
  }
}

/** 400 for a value that cannot be taken. */
export const invalidValue = (detail: string): ScimError =>
  new ScimError(400, detail, "invalidValue");

export const ERROR_URN = "urn:ietf:params:scim:api:messages:2.0:Error";

/** The body of a refusal (RFC 7644 §3.12): `status` is text there. */
export const scimErrorBody = (status: number, detail: string, scimType?: ScimType) => ({
  schemas: [ERROR_URN],
  status: String(status),
  ...(scimType && { scimType }),
  detail,
});

/** By its name: two bundles each have a class of their own (reference: fast lane §2). */
export const isScimError = (value: unknown): value is ScimError =>
  value instanceof Error && value.name === "ScimError";
