import * as z from "zod";
import type { Published } from "@/lib/oidc/check/schema";

/** Settings that a discovery document can contradict, by config key. */
export const DRIFTING = [
  "issuer",
  "auth_url",
  "token_url",
  "certs_url",
  "userinfo_url",
  "pkce_enabled",
  "scopes",
  "token_auth_method",
  "par_url",
  "require_iss",
] as const;

/** One setting of a saved login method that is not as its provider publishes it. */
export interface Drift {
  name: string;
  label: string;
  current: Published | null;
  published: Published;
  /** What to set instead; null where no field of this type has it, or the document leaves it open. */
  adopt: Published | null;
  /** Tokens would be trusted from elsewhere. */
  severe: boolean;
  /** An admin chose not to take exactly this value. */
  ignored: boolean;
}

export interface DriftReport {
  /** Null when this type of login method has no document to compare with. */
  documentUrl: string | null;
  checkedAt: string;
  drifts: Drift[];
  /** Why the document could not be read, in words; null when it was. */
  problem: string | null;
}

const id = z.uuid("That is not the id of a login method.");
const name = z.enum(DRIFTING);
const published = z.union([
  z.string().max(2048),
  z.boolean(),
  z.array(z.string().max(200)).max(100),
]);

/** `fresh` reads the document again although it was read a moment ago. */
export const driftSchema = z.strictObject({ id, fresh: z.boolean().default(false) });
/** `published` null heeds the setting again. */
export const ignoreSchema = z.strictObject({ id, name, published: published.nullable() });
