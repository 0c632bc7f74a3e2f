import type { PersonIdentity } from "@/lib/users/schema";
import type { PolicyContext } from "../context";
import { explain } from "../explain";
import type { Names } from "../names";
import { type Asking, barOf, opensFor } from "./admission";
import type { Place, Standing } from "./edit";
import type { TestedPerson, TestedPlace } from "./schema";
import { whyOf } from "./why";

const MOST_SHOWN = 50;

/** One person in one application, with what is saved and with what stands on the page. */
export function judgeIn({ before, after }: Place, context: PolicyContext, asking: Asking) {
  const judged = ({ application, policies }: Standing) => {
    const bar = barOf(application, asking);
    return { bar, opens: opensFor(policies, context, bar) };
  };
  return { was: before ? judged(before).opens : ("no" as const), now: judged(after) };
}

interface Tested {
  person: PersonIdentity;
  context: PolicyContext;
  asking: Asking;
  names: Names;
}

/** What an edit comes to for one person, in each application that it counts in. */
export function placesFor(
  places: readonly Place[],
  { person, context, asking, names }: Tested,
): Pick<TestedPerson, "places" | "placesInAll"> {
  const loginMethod = person.loginMethod.name;
  const judged = places.map((place) => ({ place, ...judgeIn(place, context, asking) }));
  const isSame = ({ was, now }: (typeof judged)[number]) => was === now.opens;
  const changed = [...judged.filter((one) => !isSame(one)), ...judged.filter(isSame)];
  return {
    placesInAll: places.length,
    places: changed.slice(0, MOST_SHOWN).map(
      ({ place: { id, name, after }, was, now }): TestedPlace => ({
        ...{ id, name, was, now: now.opens },
        why: whyOf(explain(after.policies, context, names), now, loginMethod),
      }),
    ),
  };
}
