import type { ErrorCode } from "./errors";

export interface Failure {
  ok: false;
  code: ErrorCode | "internal";
  /** What is wrong, fit for an admin. */
  message: string;
  /** What to do about it. */
  fix?: string;
  /** Issues by dotted path (`config.auth_url`), as react-hook-form names its fields. */
  fields?: Partial<Record<string, string[]>>;
  /** A reference that the log has too. */
  ref?: string;
}

/** What a server action answers. Inside the server, errors are thrown. */
export type Result<T> = { ok: true; data: T } | Failure;
