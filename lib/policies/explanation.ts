import * as z from "zod";
import { DECISIONS } from "./schema";

const verdict = z.enum(["hit", "miss", "may"]);

/** One rule with its verdict, in words that an admin reads without the policy at hand. */
export const ruleExplanationSchema = z.object({
  selector: z.string(),
  /** Such as `Emails ending in @example.com`. */
  label: z.string(),
  verdict,
  /** Why, such as `The email is ada@example.org`. Never a secret. */
  note: z.string().nullable(),
});
export type RuleExplanation = z.infer<typeof ruleExplanationSchema>;

export const policyExplanationSchema = z.object({
  id: z.string(),
  name: z.string(),
  decision: z.enum(DECISIONS),
  /** `not_reached`: an earlier policy had decided. */
  verdict: z.enum(["hit", "miss", "may", "not_reached"]),
  include: z.array(ruleExplanationSchema),
  require: z.array(ruleExplanationSchema),
  exclude: z.array(ruleExplanationSchema),
});
export type PolicyExplanation = z.infer<typeof policyExplanationSchema>;

/**
 * How a set of policies judged one context.
 * - `allow`, `deny`, `bypass`, `service_auth`: the policy that decided says so.
 * - `no_match`: no policy matched, so nobody gets in (deny by default).
 * - `sign_in`: it depends on who the person is (or on an evaluation that has to be asked).
 */
export const OUTCOMES = ["allow", "deny", "bypass", "service_auth", "no_match", "sign_in"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const explanationSchema = z.object({
  outcome: z.enum(OUTCOMES),
  /** In the order of evaluation: Bypass and Service Auth first. */
  policies: z.array(policyExplanationSchema),
  decidedBy: z
    .object({ policyId: z.string(), policyName: z.string(), rule: z.string().nullable() })
    .nullable(),
});
export type Explanation = z.infer<typeof explanationSchema>;
