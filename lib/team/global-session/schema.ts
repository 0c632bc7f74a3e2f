import * as z from "zod";
import { durationSchema } from "@/lib/kit/duration";

const QUARTER_HOUR_MS = 900_000;

export const sessionDurationSchema = z.strictObject({
  sessionDuration: durationSchema(QUARTER_HOUR_MS),
});

/** Headers that have a meaning of their own: what they hold is no country, and must not be read as one. */
const TAKEN =
  /^(?:host|cookie|authorization|connection|content-.*|transfer-encoding|accept(?:-.*)?|user-agent|x-forwarded-.*|x-real-ip|forwarded|x-original-.*|cf-access-.*|upgrade|origin|referer|set-cookie)$/i;

/** Blank for none. */
export const countryHeaderSchema = z.strictObject({
  countryHeader: z
    .string()
    .trim()
    .max(100, "Use at most 100 characters")
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]*$/, "Enter the name of a header, such as CF-IPCountry")
    .refine(
      (name) => !TAKEN.test(name),
      "This header means something else. Use one for the country alone",
    )
    .transform((name) => name || null),
});

/** As the field holds it: text. */
export const rotationSchema = z.strictObject({
  days: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, "Enter a number of days")
    .transform(Number)
    .refine((days) => days >= 1 && days <= 365, "Use 1 to 365 days"),
});

export interface GlobalSession {
  /** A Go duration, such as `24h`. */
  sessionDuration: string;
  countryHeader: string | null;
  /** Age in days at which the signing key gets a successor. */
  keyRotationDays: number;
}
