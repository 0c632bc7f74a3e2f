import * as z from "zod";

/** For the list of login methods. */
export interface ScimState {
  /** Null before the first request with a valid secret. */
  lastAt: string | null;
  /** The last thing that was heard of with a valid secret is an error. */
  failing: boolean;
}

const time = z.string().nullable();

/** When the provider of a login method was last heard of, and what it pushed so far. */
export const scimHealthSchema = z.object({
  /** ISO 8601, UTC; null before the first request with a valid secret. */
  firstAt: time,
  lastAt: time,
  lastIp: z.string().nullable(),
  /** `User-Agent` of the last request. */
  lastClient: z.string().nullable(),
  /** Of requests with a valid secret. */
  lastErrorAt: time,
  lastError: z.string().nullable(),
  /** Of requests without one, which anybody may send; null when one with it came later. */
  lastRefusalAt: time,
  lastRefusal: z.string().nullable(),
  users: z.number(),
  groups: z.number(),
});
export type ScimHealth = z.output<typeof scimHealthSchema>;
