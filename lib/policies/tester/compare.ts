import type { PersonIdentity } from "@/lib/users/schema";
import type { CompiledPolicies, CompiledPolicy } from "../compile";
import type { PolicyContext } from "../context";
import { type Degree, HIT, MAY } from "../degree";
import { explain } from "../explain";
import type { Explanation } from "../explanation";
import { type Facts, factsOf } from "../facts";
import type { Names } from "../names";
import { type Admission, OPENS } from "./admission";
import type { Edit, Place, Saved } from "./edit";
import { judgeIn } from "./places";
import type { Difference, TestedEveryone, TestedUser } from "./schema";
import { whyOf } from "./why";

/** Names that one list holds, and the applications of one answer. */
const MOST_SHOWN = 100;
const MOST_SHOWN_EACH = 20;
const MOST_APPLICATIONS = 20;

/** A person wherever they may be: address and country are left out, evaluations not asked. */
const contextOf = (person: PersonIdentity): PolicyContext => ({
  person,
  serviceTokenId: null,
  ip: null,
  country: null,
  external: {},
  partial: true,
});

const noDifference = (): Difference => ({ gains: 0, losses: 0, gain: [], lose: [] });

const degreeOf = (rules: CompiledPolicies | null, facts: Facts): Degree =>
  rules?.ordered[0]?.judge(facts) ?? 0;

/** Gathers who would gain and lose by an edit, one person after the other. */
export interface Comparison {
  add(id: string, person: PersonIdentity): void;
  result(): TestedEveryone;
}

interface Change {
  was: boolean;
  now: boolean;
  told: () => TestedUser;
}

/** Answers whether somebody changed sides. */
function tally(difference: Difference, most: number, { was, now, told }: Change): boolean {
  if (was === now) return false;
  const [list, count] = was ? (["lose", "losses"] as const) : (["gain", "gains"] as const);
  difference[count] += 1;
  if (difference[list].length < most) difference[list].push(told());
  return true;
}

function openNote(open: number): string[] {
  if (open === 0) return [];
  return [
    `For ${open.toLocaleString("en")} of them it depends on an address, a country or an external evaluation, which a test of everybody does not know. They do not count.`,
  ];
}

interface Known {
  enabledMethods: Saved["enabledMethods"];
  names: Names;
}

interface Counted {
  place: Place;
  difference: Difference;
}
const changes = ({ difference: { gains, losses } }: Counted): number => gains + losses;

/** Applications with what changes in them; one that was tested itself always. */
function changesIn(places: readonly Counted[], always: boolean) {
  const changed = places
    .filter(({ difference: { gains, losses } }) => always || gains + losses > 0)
    .sort((a, b) => changes(b) - changes(a));
  return {
    applications: places.length,
    changes: changed.slice(0, MOST_APPLICATIONS).map(({ place, difference }) => ({
      ...{ id: place.id, name: place.name },
      ...difference,
    })),
    moreChanges: Math.max(0, changed.length - MOST_APPLICATIONS),
  };
}

function toldOf(
  id: string,
  { email, name, loginMethod }: PersonIdentity,
  explanation: Explanation,
  admission: Admission | null,
): TestedUser {
  const { outcome } = explanation;
  const came = admission ?? { bar: null, opens: OPENS[outcome] };
  const why =
    admission === null && outcome === "no_match"
      ? "The rules do not match."
      : whyOf(explanation, came, loginMethod.name);
  return { id, email, name, why };
}

/** Compares what is saved with an edit of it, in every application that the edit counts in. */
export function compare({ rules, touched, places }: Edit, known: Known): Comparison {
  const counted: Counted[] = places.map((place) => ({ place, difference: noDifference() }));
  const matched = rules && noDifference();
  const most = places.length > 1 ? MOST_SHOWN_EACH : MOST_SHOWN;
  const whole = { total: 0, count: 0, gains: 0, losses: 0 };
  let open = 0;
  const explained = (policies: CompiledPolicies, person: PersonIdentity) =>
    explain(policies, contextOf(person), known.names);

  function count(isIn: boolean, isOpen: boolean): void {
    if (isIn) whole.count += 1;
    if (isOpen) open += 1;
  }

  function match(id: string, person: PersonIdentity, facts: Facts): void {
    if (!rules || !matched) return;
    const now = degreeOf(rules.after, facts);
    count(now === HIT, now === MAY);
    tally(matched, MOST_SHOWN, {
      ...{ was: degreeOf(rules.before, facts) === HIT, now: now === HIT },
      told: () => toldOf(id, person, explained(rules.after, person), null),
    });
  }

  function admit(id: string, person: PersonIdentity): void {
    const sides = { gains: 0, losses: 0 };
    const { enabledMethods } = known;
    const asking = { loginMethodId: person.loginMethod.id, personDisabled: false, enabledMethods };
    const context = contextOf(person);
    for (const { place, difference } of counted) {
      const { was, now } = judgeIn(place, context, asking);
      if (!rules) count(now.opens === "yes", now.opens === "maybe");
      const { gains } = difference;
      const changed = tally(difference, most, {
        ...{ was: was === "yes", now: now.opens === "yes" },
        told: () => toldOf(id, person, explained(place.after.policies, person), now),
      });
      if (changed) sides[difference.gains > gains ? "gains" : "losses"] = 1;
    }
    whole.gains += sides.gains;
    whole.losses += sides.losses;
  }

  return {
    add(id, person) {
      whole.total += 1;
      const facts = factsOf(contextOf(person));
      match(id, person, facts);
      const same = ([was, now]: readonly [CompiledPolicy, CompiledPolicy]) =>
        was.source.decision === now.source.decision && was.judge(facts) === now.judge(facts);
      if (!touched?.every(same)) admit(id, person);
    },
    result: () => ({
      ...whole,
      matched,
      ...changesIn(counted, rules === null),
      notes: openNote(open),
    }),
  };
}
