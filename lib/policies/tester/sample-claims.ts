import { AppError } from "@/lib/kit/errors";

/**
 * Pasted text as the claims of an ID token: a JSON object, or a JWT, whose payload is read without any
 * check. AppError `invalid_input` for anything else. `sub` is filled in where it is not given.
 */
export function sampleClaims(text: string): Record<string, unknown> & { sub: string } {
  const [, payload] = /^\s*[\w-]+\.([\w-]+)\.[\w-]*\s*$/.exec(text) ?? [];
  const json = payload ? Buffer.from(payload, "base64url").toString("utf8") : text;
  let claims: unknown;
  try {
    claims = JSON.parse(json);
  } catch {
    claims = null;
  }
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) {
    throw new AppError("invalid_input", "The claims are not a JSON object.", {
      fix: 'Paste an object such as {"email": "ada@example.com"}, or a whole ID token.',
    });
  }
  const { sub } = claims as { sub?: unknown };
  return { ...claims, sub: typeof sub === "string" && sub ? sub : "pasted" };
}
