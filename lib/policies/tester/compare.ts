import type { PersonIdentity } from "@/lib/users/schema";
import type { CompiledPolicies } from "../compile";
import { evaluate, type Judgement } from "../evaluate";
import { explain } from "../explain";
import type { Explanation } from "../explanation";
import type { Names } from "../names";
import type { TestedEveryone, TestedUser } from "./schema";

/** Names that one answer holds. */
const MOST_SHOWN = 100;

/** A person wherever they may be: address and country are left out, evaluations not asked. */
const contextOf = (person: PersonIdentity) => ({
  person,
  serviceTokenId: null,
  ip: null,
  country: null,
  external: {},
  partial: true,
});

const isIn = ({ outcome }: Judgement): boolean => outcome === "allow" || outcome === "bypass";

function whyOf({ outcome, decidedBy }: Explanation): string {
  if (outcome === "sign_in") return "It depends on where they are, or on an evaluation";
  if (!decidedBy) return "No policy matches any more";
  return decidedBy.rule ? `${decidedBy.policyName}: ${decidedBy.rule}` : decidedBy.policyName;
}

/** Gathers who would gain and lose by an edit, one person after the other. */
export interface Comparison {
  add(id: string, person: PersonIdentity): void;
  result(): TestedEveryone;
}

/** `before` is what is saved, null where nothing is. */
export function compare(
  before: CompiledPolicies | null,
  after: CompiledPolicies,
  names: Names,
): Comparison {
  const result: TestedEveryone = {
    ...{ total: 0, allowed: 0, gains: 0, losses: 0 },
    ...{ gain: [], lose: [], notes: [] },
  };
  let open = 0;
  const told = (id: string, person: PersonIdentity): TestedUser => ({
    id,
    email: person.email,
    name: person.name,
    why: whyOf(explain(after, contextOf(person), names)),
  });
  return {
    add(id, person) {
      const context = contextOf(person);
      const now = evaluate(after, context);
      const was = before !== null && isIn(evaluate(before, context));
      result.total += 1;
      if (isIn(now)) result.allowed += 1;
      if (now.outcome === "sign_in") open += 1;
      if (isIn(now) === was) return;
      const [list, count] = was ? (["lose", "losses"] as const) : (["gain", "gains"] as const);
      result[count] += 1;
      if (result[list].length < MOST_SHOWN) result[list].push(told(id, person));
    },
    result() {
      const notes: string[] = [];
      if (open > 0) {
        notes.push(
          `For ${open} of them it depends on an address, a country or an external evaluation, which a test of everybody does not know. They count as not let in.`,
        );
      }
      return { ...result, notes };
    },
  };
}
