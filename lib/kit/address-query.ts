import * as z from "zod";

/**
 * A text in the query of a page's address, of at most `length` characters. Anything odd is none, so
 * that no address breaks a page. PostgreSQL refuses NUL in a text.
 */
export const textUpTo = (length: number) =>
  z
    .string()
    .trim()
    .max(length)
    .refine((value) => !value.includes("\u0000"))
    .default("")
    .catch("");

/** The id of a row that is counted up: where the next page begins, or which entry is open. */
export const rowId = z.coerce
  .number()
  .int()
  .positive()
  .max(Number.MAX_SAFE_INTEGER)
  .optional()
  .catch(undefined);
