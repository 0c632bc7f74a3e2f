import pino from "pino";

/** Keys whose values never reach a log, wherever they stand. */
const SECRET_KEYS = [
  "client_secret",
  "clientSecret",
  "api_token",
  "password",
  "secret",
  "token",
  "access_token",
  "id_token",
  "refresh_token",
  "authorization",
  "cookie",
  "code",
  "code_verifier",
];

/**
 * An error as it may be logged: name, message, code and stack of it and of its causes. Other
 * properties (a token response on a `cause`, for one) are left out on purpose.
 */
export function errorForLog(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return {
    name,
    message,
    ...(code !== undefined && { errorCode: String(code) }),
    ...(depth === 0 && { stack }),
    ...(cause !== undefined && depth < 4 && { cause: errorForLog(cause, depth + 1) }),
  };
}

/** The process log: one JSON line per event on standard output. `LOG_LEVEL` sets the level. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: (error: unknown) => errorForLog(error) },
  redact: {
    paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    censor: "[redacted]",
  },
});
