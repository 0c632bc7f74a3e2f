import * as z from "zod";
import { baseOf, splitAt, webUrlProblem } from "./web-url";

/** Claims that the engine itself checks, and a name that would harm an object. */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set([
  "sub",
  "iss",
  "aud",
  "exp",
  "iat",
  "nonce",
  "__proto__",
]);
const MAX_TAGS = 50;

/** Whether text can be stored and read: PostgreSQL refuses NUL and halves of a surrogate pair. */
export const isPlainText = (value: string) => !/[\p{Cc}\p{Cs}]/u.test(value);

/** Zero-width characters come along when a value is copied from a web page, and nobody sees them. */
const isVisible = (value: string) => isPlainText(value) && !/\p{Cf}/u.test(value);
const INVISIBLE = "Remove the characters that cannot be seen. They often come along when copying";

/** Trimmed text with a limit; a missing or mistyped value has the same message as an empty one. */
export const text = (missing: string, max: number) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(max, `Use at most ${max} characters`)
    .refine(isVisible, INVISIBLE);

/** Base address of a self-hosted provider; one pasted whole is cut where `marker` begins. */
export const baseUrl = (product: string, marker: string) =>
  text(`Enter the address of your ${product}`, 2048)
    .refine(
      (value) => value === "" || (baseOf(value) !== null && !/[\s?#]/.test(value)),
      `${product} URL must start with https://`,
    )
    .transform((value) => splitAt(value, marker)?.base ?? baseOf(value) ?? value);

export const optionalSecret = (missing: string) =>
  z
    .string(missing)
    .trim()
    .max(2048, "Use at most 2048 characters")
    .refine(isVisible, INVISIBLE)
    .default("");

export const optionalText = (max: number) =>
  z
    .string("Enter text")
    .trim()
    .max(max, `Use at most ${max} characters`)
    .refine(isVisible, INVISIBLE)
    .optional();

const address = (missing: string) =>
  z.string(missing).trim().max(2048, "Use at most 2048 characters").refine(isVisible, INVISIBLE);

/** A URL that must be there. Plain http passes here: whether it may be used depends on the installation. */
export const urlField = (label: string) =>
  address(`Enter the ${label}`).superRefine((value, context) => {
    const message = webUrlProblem(label, value);
    if (message) context.addIssue({ code: "custom", message });
  });

export const optionalUrlField = (
  label: string,
  problem: (label: string, value: string) => string | null = webUrlProblem,
) =>
  address("Enter text")
    .superRefine((value, context) => {
      const message = value === "" ? null : problem(label, value);
      if (message) context.addIssue({ code: "custom", message });
    })
    .optional();

/** Says the first thing that is wrong on the list itself, where the form shows it. */
const tagList = (problem: (tag: string, all: readonly string[]) => string | null) =>
  z
    .array(
      z
        .string("Enter text")
        .trim()
        .max(200, "Use at most 200 characters in each name")
        .refine(isVisible, INVISIBLE),
      "Enter a list",
    )
    .max(MAX_TAGS, `Use at most ${MAX_TAGS}`)
    .superRefine((tags, context) => {
      const message = tags.map((tag) => problem(tag, tags)).find((found) => found !== null);
      if (message) context.addIssue({ code: "custom", message });
    })
    .transform((tags) => [...new Set(tags)]);

function claimProblem(claim: string): string | null {
  if (claim === "") return "Remove the empty claim";
  if (/\s/.test(claim)) return `${claim} contains a space. Enter one claim name at a time`;
  return RESERVED_CLAIMS.has(claim) ? `${claim} is reserved` : null;
}

function scopeProblem(scope: string, all: readonly string[]): string | null {
  if (!all.includes("openid")) return "Keep openid. OpenID Connect needs it.";
  // The characters of a scope-token: RFC 6749 §3.3.
  return /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope)
    ? null
    : `${scope || "An empty scope"} is not a scope name. Use letters, numbers and signs without spaces`;
}

export const scopeList = (defaults: readonly string[]) =>
  tagList(scopeProblem)
    .refine((tags) => tags.length > 0, "Keep openid. OpenID Connect needs it.")
    .default([...defaults]);

/** Custom claim names: RFC 7519 reserves the ones that the engine itself checks. */
export const claimList = () => tagList(claimProblem).default([]);
