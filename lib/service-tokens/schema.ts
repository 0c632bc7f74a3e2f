import * as z from "zod";

/** Go durations that the console offers; the API takes any from 1 h to 10 years. */
export const TOKEN_DURATIONS = ["8760h", "17520h", "43800h", "87600h", "forever"] as const;

export const serviceTokenInputSchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name").max(350, "Use at most 350 characters"),
  duration: z.enum(TOKEN_DURATIONS).default("8760h"),
});

/** Hours for which the old secret goes on working after a rotation. */
export const ROTATION_GRACE_HOURS = [0, 1, 24, 168, 720] as const;
export const rotateServiceTokenSchema = z.strictObject({
  id: z.uuid(),
  graceHours: z.union(ROTATION_GRACE_HOURS.map((hours) => z.literal(hours))),
});

export interface ServiceToken {
  id: string;
  name: string;
  clientId: string;
  enabled: boolean;
  duration: string;
  /** ISO 8601, UTC; null for one that never expires. */
  expiresAt: string | null;
  secretVersion: number;
  /** Until then the secret before the last rotation works too; null when none does. */
  previousExpiresAt: string | null;
  /** When that one was used last; null when not since the rotation. */
  previousLastUsedAt: string | null;
  createdByName: string;
  createdAt: string;
  updatedAt: string;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  /** Policies and rule groups that name it. */
  usedBy: { type: "policy" | "rule_group"; id: string; name: string }[];
}

/** Shown once. */
export interface ServiceTokenSecret {
  clientId: string;
  clientSecret: string;
}
