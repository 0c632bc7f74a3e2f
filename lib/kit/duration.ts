import * as z from "zod";

const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

/** Milliseconds of a Go duration such as `24h` or `1h30m`; null for anything else. `0` and `0s` are 0. */
export function parseDuration(text: string): number | null {
  if (text === "0") return 0;
  if (!WHOLE.test(text)) return null;
  let total = 0;
  for (const [, number, unit] of text.matchAll(PART))
    total += Number(number) * (UNIT_MS[unit ?? ""] ?? 0);
  return total;
}

/** The longest session that Cloudflare knows: one month (730 h). */
const MONTH_MS = 730 * 3_600_000;

/** A Go duration from `least` milliseconds to one month. */
export const durationSchema = (least = 0) =>
  z
    .string()
    .trim()
    .max(40)
    .refine((text) => parseDuration(text) !== null, "Enter a duration such as 24h, 30m or 1h30m")
    .refine((text) => (parseDuration(text) ?? 0) >= least, "Use at least 15 minutes (15m)")
    .refine((text) => (parseDuration(text) ?? 0) <= MONTH_MS, "Use at most one month (730h)");
