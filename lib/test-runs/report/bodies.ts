import type { Exchange, Step } from "@/lib/oidc/schema";
import { sampleOf } from "./mask";

/** Steps whose answers are public documents of the provider. */
const PUBLIC: ReadonlySet<Step> = new Set(["configuration", "keys", "authorize"]);
/** Members of any answer that speak of the request, not of a person. */
const HARMLESS = new Set([
  "error",
  "error_description",
  "error_uri",
  "token_type",
  "scope",
  "expires_in",
]);
const LEFT_OUT = "(left out: it may tell about a person)";

/** The same shape with each value as its first sign. */
function withoutValues(value: unknown): unknown {
  if (typeof value === "string") return value === "[redacted]" ? value : sampleOf(value);
  if (typeof value === "number") return 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutValues);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      HARMLESS.has(name) && typeof inner !== "object" ? inner : withoutValues(inner),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer's body as a report shows it: of JSON about a person, only its shape. */
export function reportedBody(step: Step, { responseBody, status }: Exchange): string | null {
  if (responseBody === null || PUBLIC.has(step)) return responseBody;
  const json = parsed(responseBody);
  if (typeof json === "object" && json !== null) return JSON.stringify(withoutValues(json));
  // The words of an error are what support asks for.
  return status !== null && status >= 400 ? responseBody : LEFT_OUT;
}
