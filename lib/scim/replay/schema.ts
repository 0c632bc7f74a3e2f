import * as z from "zod";
import type { Effect } from "../schema";

/** Id of an entry of the SCIM provisioning log. */
export const replaySchema = z.strictObject({ id: z.int().positive() });

/** What a request would do now. */
export interface Replay {
  status: number;
  /** `detail` of the refusal; null when it would succeed. */
  error: string | null;
  /** What it would be, in words; several for a Bulk request. */
  intents: string[];
  effects: Effect[];
  /** The answer, as the log would keep it. */
  response: string | null;
}
