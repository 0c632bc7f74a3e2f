import type { Result } from "@/lib/kit/result";
import type { ScimHealth } from "@/lib/scim/health/schema";
import type { ScimOverlapHours, ScimSecret } from "@/lib/scim/secrets/schema";
import type { CheckScimEndpoint } from "./simulated-client-dialog";

export type RegenerateScim = (input: {
  loginMethodId: string;
  overlapHours: ScimOverlapHours;
}) => Promise<Result<{ secret: string }>>;

/** What the SCIM panel of a login method shows once SCIM is on. */
export interface ScimPanelData {
  endpoint: string;
  /** The current one first; a second one during an overlap. */
  secrets: ScimSecret[];
  health: ScimHealth;
  /** The provider was heard of within a day: a careless click would cut it off. */
  active: boolean;
  regenerate: RegenerateScim;
  check: CheckScimEndpoint;
}
