import { type Degree, HIT, MAY, MISS } from "./degree";
import { canonicalDomain, canonicalEmail } from "./email-address";
import type { Facts, Person } from "./facts";
import { parseNetwork } from "./network";
import type { RULE_SHAPES, Rule, Selector } from "./rules";

export type Judge = (facts: Facts) => Degree;
/** What a rule counts as where it cannot be evaluated: whichever of the two lets nobody in. */
export type Refusing = typeof HIT | typeof MISS;

type Shapes = { [S in Selector]: (typeof RULE_SHAPES)[S]["_zod"]["output"] };
/** Null: the rule cannot be evaluated. */
type Maker<S extends Selector> = (rule: Shapes[S], refusing: Refusing) => Judge | null;

const when = (holds: boolean): Degree => (holds ? HIT : MISS);

/** Before sign-in nobody knows. */
const ofPerson =
  (test: (person: Person) => boolean): Judge =>
  ({ person }) =>
    person === null ? MAY : when(test(person));

const groupOf = (loginMethodId: string, name: string): Judge =>
  ofPerson((person) => person.loginMethodId === loginMethodId && person.groups.has(name));

/** For providers that let no two groups differ in case alone. */
const anyCaseGroupOf = (loginMethodId: string, name: string): Judge => {
  const wanted = name.toLowerCase();
  return ofPerson(
    (person) => person.loginMethodId === loginMethodId && person.anyCaseGroups.has(wanted),
  );
};

const emailJudge =
  (part: "whole" | "domain", wanted: string | undefined, refusing: Refusing): Judge =>
  ({ person }) => {
    if (person === null) return MAY;
    return person.email === null ? refusing : when(person.email[part] === wanted);
  };

const MAKERS: { [S in Exclude<Selector, "group">]: Maker<S> } = {
  everyone: () => () => HIT,
  email: ({ email: { email } }, refusing) => {
    const wanted = canonicalEmail(email);
    return wanted && emailJudge("whole", wanted.whole, refusing);
  },
  email_domain: ({ email_domain: { domain } }, refusing) => {
    const wanted = canonicalDomain(domain);
    return wanted ? emailJudge("domain", wanted, refusing) : null;
  },
  ip: ({ ip: { ip } }, refusing) => {
    const network = parseNetwork(ip);
    if (!network) return null;
    return ({ address, addressLeftOut }) => {
      if (address === null) return addressLeftOut ? MAY : refusing;
      return when(network(address));
    };
  },
  geo: ({ geo: { country_code: wanted } }, refusing) => {
    return ({ country, countryLeftOut }) => {
      if (country === null) return countryLeftOut ? MAY : refusing;
      return when(country === wanted);
    };
  },
  login_method: ({ login_method: { id } }) => ofPerson((person) => person.loginMethodId === id),
  oidc: ({ oidc: { identity_provider_id: id, claim_name: name, claim_value: value } }) =>
    ofPerson((person) => person.loginMethodId === id && person.claim(name).has(value)),
  okta: ({ okta: { identity_provider_id: id, name } }) => groupOf(id, name),
  azureAD: ({ azureAD }) => anyCaseGroupOf(azureAD.identity_provider_id, azureAD.id),
  gsuite: ({ gsuite }) => anyCaseGroupOf(gsuite.identity_provider_id, gsuite.email),
  "github-organization": ({ "github-organization": { identity_provider_id: id, name, team } }) =>
    anyCaseGroupOf(id, team === undefined ? name : `${name}/${team}`),
  auth_method: ({ auth_method: { auth_method: method } }) =>
    ofPerson((person) => person.amr.has(method)),
  service_token: ({ service_token: { token_id: id } }) => {
    return ({ serviceTokenId }) => when(serviceTokenId === id);
  },
  any_valid_service_token: () => {
    return ({ serviceTokenId }) => when(serviceTokenId !== null);
  },
  external_evaluation: ({ external_evaluation: { evaluate_url: url } }) => {
    return ({ external }) => (Object.hasOwn(external, url) ? when(external[url] === true) : MAY);
  },
};

/**
 * The judge of a valid rule of any selector but `group`. Null when its value cannot be compared with
 * anything.
 */
export function judgeOf(
  selector: Exclude<Selector, "group">,
  rule: Rule,
  refusing: Refusing,
): Judge | null {
  const make = MAKERS[selector] as (rule: Rule, refusing: Refusing) => Judge | null;
  return make(rule, refusing);
}
