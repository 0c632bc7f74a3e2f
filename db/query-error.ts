import { DrizzleQueryError } from "drizzle-orm";
import { AppError, isAppError } from "@/lib/kit/errors";

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: "it refuses connections",
  ECONNRESET: "the connection broke",
  EPIPE: "the connection broke",
  ENOENT: "nothing listens on its socket",
  EACCES: "there is no access to its socket",
  ETIMEDOUT: "the connection timed out",
  ENOTFOUND: "its host name is unknown",
  EAI_AGAIN: "its host name could not be looked up",
  EHOSTUNREACH: "its host cannot be reached",
  ENETUNREACH: "its network cannot be reached",
  "53300": "it has no connection to spare",
  "57P01": "it was shut down",
  "57P02": "it crashed",
  "57P03": "it is starting up",
  "57P05": "the connection was idle for too long",
};

const BROKEN: readonly [RegExp, string][] = [
  [
    /timeout exceeded when trying to connect|due to connection timeout|timeout expired/,
    "no connection came free in time",
  ],
  [/Query read timeout/, "it did not answer in time"],
  [/Connection terminated|not queryable|Client was closed/, "the connection broke"],
  [/after calling end on the pool/, "Gatehouse is stopping"],
  [/does not support SSL|certificate|self-signed/i, "a TLS connection could not be made"],
];

/** Why the database is out of reach, in words; null when the error is about something else. */
function outOfReach(error: unknown): string | null {
  const code = codeOf(error);
  if (UNREACHABLE[code]) return UNREACHABLE[code];
  if (code.startsWith("08")) return "the connection broke";
  if (!(error instanceof Error)) return null;
  return BROKEN.find(([pattern]) => pattern.test(error.message))?.[1] ?? null;
}

const unavailable = (message: string, fix: string, cause: unknown) =>
  new AppError("unavailable", message, { fix, cause });

/** A failure that an admin or operator can put right, as an AppError; null for a bug of ours. */
export function asUnavailable(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  const reason = outOfReach(error);
  if (reason) {
    return unavailable(
      `The database does not answer: ${reason}.`,
      "Try again in a moment. If it stays so, check that PostgreSQL runs (and DATABASE_URL, where it is set).",
      error,
    );
  }
  switch (codeOf(error)) {
    case "28P01":
    case "28000":
      return unavailable(
        "The database refuses the user or the password.",
        "Check the user and the password in DATABASE_URL, and pg_hba.conf on the server.",
        error,
      );
    case "3D000":
      return unavailable(
        "The database that DATABASE_URL names does not exist.",
        "Create it (CREATE DATABASE …), or correct the name.",
        error,
      );
    case "42501":
      return unavailable(
        "The database user lacks a right that Gatehouse needs.",
        "Make the user of DATABASE_URL the owner of its database.",
        error,
      );
    case "53100":
      return unavailable("The database's disk is full.", "Free some space on it.", error);
    case "25006":
      return unavailable(
        "The database is read-only.",
        "Point DATABASE_URL at the primary server, not at a standby.",
        error,
      );
    case "57014":
    case "55P03":
    case "25P03":
      return unavailable(
        "The database took too long.",
        "Try again. If it happens again, look at the load of the database server.",
        error,
      );
    default:
      return null;
  }
}

/**
 * A failed query. Its message has PostgreSQL's words and the statement, never the parameters, which
 * drizzle's own error puts into its message and which may be secrets. `code` is the SQLSTATE.
 */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code: string;
  /** The constraint that was violated, where it is one. */
  readonly constraint: string | undefined;
  constructor(statement: string, cause: unknown) {
    super(`${cause instanceof Error ? cause.message : "failed"} in: ${statement.slice(0, 500)}`, {
      cause,
    });
    this.code = codeOf(cause);
    this.constraint =
      cause instanceof Error && "constraint" in cause ? String(cause.constraint) : undefined;
  }
}

/** Whether a query failed because of a unique index; `constraint` asks for one by its name. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || codeOf(error) !== "23505") return false;
  return !constraint || ("constraint" in error && error.constraint === constraint);
}

/**
 * Whether a prepared statement is not, or not any more, what its name stands for: a pooler gave the
 * session another connection (26000, 42P05), or a migration changed what it answers (0A000).
 */
export function isLostStatement(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const code = codeOf(cause);
  if (code === "26000" || code === "42P05") return true;
  return code === "0A000" && cause instanceof Error && cause.message.includes("cached plan");
}
