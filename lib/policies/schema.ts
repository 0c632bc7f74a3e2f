import * as z from "zod";
import { durationSchema } from "@/lib/kit/duration";
import { type Rule, ruleSchema, type Selector, selectorOf } from "./rules";

/** Cloudflare's words for the API; the console says Allow, Block, Bypass and Service Auth. */
export const DECISIONS = ["allow", "deny", "bypass", "non_identity"] as const;
export type Decision = (typeof DECISIONS)[number];

export const DECISION_LABELS: Record<Decision, string> = {
  allow: "Allow",
  deny: "Block",
  bypass: "Bypass",
  non_identity: "Service Auth",
};

const name = z
  .string("Enter a name")
  .trim()
  .min(1, "Enter a name")
  .max(350, "Use at most 350 characters")
  .refine((value) => !/[\p{Cc}\p{Cf}]/u.test(value), "Remove the characters that cannot be seen");

const MOST_RULES = 1000;
const rules = z.array(ruleSchema).max(MOST_RULES, `Use at most ${MOST_RULES} rules`).default([]);
const included = z
  .array(ruleSchema)
  .min(1, "Add at least one Include rule")
  .max(MOST_RULES, `Use at most ${MOST_RULES} rules`);

/** The three lists of rules that a policy and a rule group both have. */
export interface RuleSets {
  include: Rule[];
  require: Rule[];
  exclude: Rule[];
}

/** Selectors that say nothing about who somebody is: all that Bypass and Service Auth may use. */
const ANONYMOUS = new Set<Selector>([
  "everyone",
  "ip",
  "geo",
  "service_token",
  "any_valid_service_token",
  "group",
]);
const SERVICE = new Set<Selector>(["service_token", "any_valid_service_token"]);

/** Why a rule cannot stand in a policy of this decision; null where it can. */
export function misplaced(decision: Decision, selector: Selector): string | null {
  if (decision === "bypass" && SERVICE.has(selector)) {
    return "Bypass asks for no credentials. Use Service Auth for service tokens";
  }
  if (ANONYMOUS.has(selector)) return null;
  if (decision === "bypass") {
    return "Bypass lets people in before they sign in, so it cannot use this selector";
  }
  return decision === "non_identity"
    ? "Service Auth is for programs, which do not sign in, so it cannot use this selector"
    : null;
}

export const RULE_SETS = ["include", "require", "exclude"] as const;

export const policyInputSchema = z
  .strictObject({
    name,
    decision: z.enum(DECISIONS, "Choose an action"),
    include: included,
    require: rules,
    exclude: rules,
    /** Null means the application's. */
    session_duration: durationSchema().nullable().default(null),
  })
  .superRefine((policy, context) => {
    for (const set of RULE_SETS) {
      for (const [index, rule] of policy[set].entries()) {
        const message = misplaced(policy.decision, selectorOf(rule));
        if (message) context.addIssue({ code: "custom", path: [set, index], message });
      }
    }
  });
export type PolicyInput = z.output<typeof policyInputSchema>;

export const ruleGroupInputSchema = z.strictObject({
  name,
  include: included,
  require: rules,
  exclude: rules,
  is_default: z.boolean().default(false),
});
export type RuleGroupInput = z.output<typeof ruleGroupInputSchema>;

export interface Policy extends RuleSets {
  id: string;
  name: string;
  decision: Decision;
  sessionDuration: string | null;
  version: number;
  /** Applications that use it. */
  usedBy: { id: string; name: string }[];
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
}

export interface RuleGroup extends RuleSets {
  id: string;
  name: string;
  isDefault: boolean;
  version: number;
  /** Policies and rule groups that use it. */
  usedBy: { type: "policy" | "rule_group"; id: string; name: string }[];
  createdAt: string;
  updatedAt: string;
}
