import type { Tone } from "@/components/ui/badge";
import type { Decision } from "@/lib/policies/schema";

export const POLICIES = "/access/policies";
export const GROUPS = "/access/groups";

export const policyPath = (id: string): string => `${POLICIES}/${id}`;
export const groupPath = (id: string): string => `${GROUPS}/${id}`;

/** The page of a policy or an access group that names something. */
export const namingPath = ({ type, id }: { type: "policy" | "rule_group"; id: string }): string =>
  type === "policy" ? policyPath(id) : groupPath(id);
export const applicationPath = (id: string): string => `/access/applications/${id}/policies`;

export const DECISION_TONES: Record<Decision, Tone> = {
  allow: "success",
  deny: "danger",
  bypass: "warning",
  non_identity: "info",
};
