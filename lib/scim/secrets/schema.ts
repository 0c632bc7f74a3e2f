import * as z from "zod";

/** Hours for which the secret before still works. */
export const SCIM_OVERLAP_HOURS = [0, 1, 24] as const;
export type ScimOverlapHours = (typeof SCIM_OVERLAP_HOURS)[number];

export const regenerateScimSchema = z.strictObject({
  loginMethodId: z.uuid(),
  overlapHours: z.union(SCIM_OVERLAP_HOURS.map((hours) => z.literal(hours))),
});

/** A SCIM Secret as the console reads it: never the secret. */
export interface ScimSecret {
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  createdByName: string;
  /** Null for the current one, which never expires. */
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
}
