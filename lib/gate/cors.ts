import type { Cors } from "@/lib/applications/schema";
import type { GateQuestion } from "./question";

type Headers = Record<string, string>;

const asked = (value: string | undefined): string[] =>
  (value ?? "").split(",").flatMap((part) => part.trim().toLowerCase() || []);

/** Headers that let a page of another origin read an answer; null when it is not one of those named. */
export function corsHeaders(cors: Cors, origin: string | undefined): Headers | null {
  if (origin === undefined) return null;
  const named = cors.allowed_origins.includes(origin);
  if (!named && !cors.allow_all_origins) return null;
  const credentials = cors.allow_credentials && named;
  return {
    "access-control-allow-origin": named ? origin : "*",
    vary: "Origin",
    ...(credentials && { "access-control-allow-credentials": "true" }),
  };
}

/**
 * The answer's headers to a preflight request (Fetch §4.8), as an application's CORS settings say;
 * null when its origin, method or one of its headers is not among them.
 */
export function preflightHeaders(
  cors: Cors,
  { header }: Pick<GateQuestion, "header">,
): Headers | null {
  const base = corsHeaders(cors, header("origin"));
  if (!base) return null;
  const method = header("access-control-request-method") ?? "";
  const headers = asked(header("access-control-request-headers"));
  const known = new Set(cors.allowed_headers.map((name) => name.toLowerCase()));
  const fits =
    (cors.allow_all_methods || cors.allowed_methods.some((one) => one === method)) &&
    (cors.allow_all_headers || headers.every((name) => known.has(name)));
  // What is echoed is a token list that a browser made; anything else is refused.
  if (!fits || !/^[\w!#$%&'*+.^`|~-]+$/.test(method)) return null;
  if (!headers.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))) return null;
  return {
    ...base,
    "access-control-allow-methods": method,
    ...(headers.length > 0 && { "access-control-allow-headers": headers.join(", ") }),
    ...(cors.max_age !== null && { "access-control-max-age": String(cors.max_age) }),
    vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
  };
}
