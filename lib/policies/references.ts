import type { Rule } from "./rules";
import { RULE_SETS, type RuleSets } from "./schema";

/** Ids of what rules may name. */
export interface Existing {
  groups: ReadonlySet<string>;
  serviceTokens: ReadonlySet<string>;
}

function problemOf(rule: Rule, { groups, serviceTokens }: Existing): string | null {
  if ("group" in rule && !groups.has(rule.group.id)) {
    return "This access group no longer exists. Choose another";
  }
  if ("service_token" in rule && !serviceTokens.has(rule.service_token.token_id)) {
    return "This service token no longer exists. Choose another";
  }
  return null;
}

/** Rules that name an access group or a service token that is not there, by dotted path. */
export function missingReferences(
  sets: RuleSets,
  existing: Existing,
): Record<string, string[]> | null {
  const fields: Record<string, string[]> = {};
  for (const set of RULE_SETS) {
    for (const [index, rule] of sets[set].entries()) {
      const problem = problemOf(rule, existing);
      if (problem) fields[`${set}.${index}`] = [problem];
    }
  }
  return Object.keys(fields).length > 0 ? fields : null;
}
