import * as z from "zod";
import { isAllowEntry } from "@/lib/kit/env";

/** Private networks that providers may live on; kept apart from `schema.ts` because it needs Node. */
export const outboundAllowSchema = z.object({
  entries: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .max(260, "Use at most 260 characters for one entry")
        .refine(isAllowEntry, {
          error: ({ input }) =>
            `“${String(input)}” is not an address, a network such as 10.0.0.0/8, a host name, or host:port`,
        }),
    )
    .max(200, "Use at most 200 entries")
    .transform((entries) => [...new Set(entries)]),
});
