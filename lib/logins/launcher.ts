import type { Evaluator } from "@/lib/external-evaluation/ask";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { evaluate } from "@/lib/policies/evaluate";
import { evaluatorsToAsk } from "@/lib/policies/evaluators-to-ask";
import type { PersonIdentity } from "@/lib/users/schema";
import { askAbout, type Judged, judgeAnswered } from "./judge-login";
import { isAllowedMethod } from "./methods";
import type { Visitor } from "./visitor";

/** What may open: an external evaluation that was not asked yet does not hide an application. */
const OPENING = new Set(["allow", "bypass", "sign_in"]);

const contextOf = (person: PersonIdentity, { ip, country }: Visitor) => ({
  ...{ person, ip, country },
  serviceTokenId: null,
  external: {},
});

/** The enabled applications that a person may open from where they are, by name. */
export function openApplications(
  snapshot: Snapshot,
  person: PersonIdentity,
  visitor: Visitor,
): GateApplication[] {
  const context = contextOf(person, visitor);
  return [...snapshot.applications.values()]
    .filter(
      (application) =>
        application.enabled &&
        isAllowedMethod(application, person.loginMethod.id) &&
        OPENING.has(evaluate(application.policies, context).outcome),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}

const NOTHING: Judged = {
  outcome: "no_match",
  policy: null,
  explanation: { outcome: "no_match", policies: [], decidedBy: null },
  identityMatters: true,
  external: {},
};

/**
 * Whether a person who signs in to no application in particular is let into any by an Allow policy:
 * `judged` is null then. What Bypass opens is open to strangers, who must not take a seat by it.
 * External evaluations are asked where they alone decide. Otherwise it says why not, by the first
 * application that takes the login method and asks people to sign in.
 */
export async function opensSomething(
  snapshot: Snapshot,
  person: PersonIdentity,
  visitor: Visitor,
): Promise<{ judged: Judged | null }> {
  const context = contextOf(person, visitor);
  const candidates = [...snapshot.applications.values()]
    .filter((one) => one.enabled && isAllowedMethod(one, person.loginMethod.id))
    .map((application) => ({ application, ...evaluate(application.policies, context) }))
    .filter(({ outcome }) => outcome !== "bypass");
  if (candidates.some(({ outcome }) => outcome === "allow")) return { judged: null };
  const unsure = candidates.filter(({ outcome }) => outcome === "sign_in");
  const evaluators = unsure.flatMap(({ application }) =>
    evaluatorsToAsk(application.policies, context),
  );
  const external = await askAbout(snapshot, person, visitor, unlike(evaluators));
  const opens = unsure.some(
    ({ application }) =>
      evaluate(application.policies, { ...context, external }).outcome === "allow",
  );
  if (opens) return { judged: null };
  const [first] = candidates;
  return {
    judged: first ? judgeAnswered(snapshot, first.application, person, visitor, external) : NOTHING,
  };
}

const unlike = (evaluators: readonly Evaluator[]): Evaluator[] => [
  ...new Map(evaluators.map((one) => [`${one.evaluateUrl} ${one.keysUrl}`, one])).values(),
];

/** Where an application begins: its first host and path without wildcards; null when it has none. */
export function applicationHref(
  { destinations }: Pick<GateApplication, "destinations">,
  { teamDomain }: Pick<Snapshot, "teamDomain">,
): { host: string; href: string } | null {
  const { protocol } = new URL(teamDomain);
  const plain = destinations.find(({ host, path }) => !`${host}${path}`.includes("*"));
  return plain
    ? { host: plain.host, href: `${protocol}//${plain.host}${plain.path || "/"}` }
    : null;
}
