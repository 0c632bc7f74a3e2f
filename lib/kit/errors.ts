export type ErrorCode =
  | "invalid_input"
  | "not_found"
  | "conflict"
  | "forbidden"
  | "unauthenticated"
  | "expired"
  | "rate_limited"
  | "outbound_blocked"
  | "outbound_failed"
  | "discovery_failed"
  | "unavailable";

export interface AppErrorOptions extends ErrorOptions {
  /** What the admin can do about it, as a sentence. */
  fix?: string;
  /** Issues by dotted field path, for a form. */
  fields?: Record<string, string[]>;
}

/** An expected failure whose message is safe to show an admin. Everything else is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly fix: string | undefined;
  readonly fields: Record<string, string[]> | undefined;
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, options);
    this.fix = options.fix;
    this.fields = options.fields;
  }
}

/**
 * Whether a value is an AppError, told by its name: the bundles of the front door and of Next each
 * hold their own copy of the class, so `instanceof` fails between them (reference: fast lane §2).
 */
export function isAppError(value: unknown): value is AppError {
  return value instanceof Error && value.name === "AppError" && "code" in value;
}
