import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";
import { evaluate } from "@/lib/policies/evaluate";
import { explain } from "@/lib/policies/explain";
import { identityMatters } from "@/lib/policies/identity-matters";
import type { PersonIdentity } from "@/lib/users/schema";
import type { Judged } from "./judge-login";
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
 * Whether a person who signs in to no application in particular may open any: `judged` is null then.
 * Otherwise it says why not, by the first application that would have taken the login method.
 */
export function opensSomething(
  snapshot: Snapshot,
  person: PersonIdentity,
  visitor: Visitor,
): { judged: Judged | null } {
  if (openApplications(snapshot, person, visitor).length > 0) return { judged: null };
  const context = contextOf(person, visitor);
  const first = [...snapshot.applications.values()].find(
    (application) => application.enabled && isAllowedMethod(application, person.loginMethod.id),
  );
  if (!first) return { judged: NOTHING };
  const explanation = explain(first.policies, context, snapshot.names);
  const matters = identityMatters(first.policies, context);
  return {
    judged: {
      ...NOTHING,
      ...evaluate(first.policies, context),
      explanation,
      identityMatters: matters,
    },
  };
}

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
