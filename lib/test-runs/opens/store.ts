import "server-only";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { loadNames } from "@/lib/policies/library/store";
import { personOfRun } from "@/lib/policies/tester/person-of-run";
import { isDisabled, savedNow } from "@/lib/policies/tester/saved/store";
import type { PersonIdentity } from "@/lib/users/schema";
import type { TestRun } from "../schema";
import { judgeFor, openingFor } from "./judge";
import type { Openings } from "./schema";

const MOST_SHOWN = 100;
const RANK = { yes: 0, maybe: 1, no: 2 };

const DISABLED = {
  message: "This person is disabled in the user registry, so no application opens.",
  fix: "Enable them under My Team > Users. This is what would open then.",
};

function personIn(run: TestRun): { person: PersonIdentity } | { problem: Openings["problem"] } {
  try {
    return { person: personOfRun(run) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { problem: { message: error.message, fix: error.fix ?? "" } };
  }
}

/** Which applications the identity of a test run would open as they are now, and why. */
export async function openingsOf(viewer: Viewer, run: TestRun): Promise<Openings> {
  const found = personIn(run);
  if ("person" in found) return openingsFor(viewer, found.person);
  const total = (await savedNow()).applications.length;
  return { problem: found.problem, total, opening: 0, applications: [] };
}

/** The same for somebody of the registry. */
export async function openingsFor(viewer: Viewer, person: PersonIdentity): Promise<Openings> {
  const [saved, names] = await Promise.all([savedNow(), loadNames(viewer)]);
  const { applications: all } = saved;
  const judged = all.map((one) => judgeFor(one, person, saved.groups));
  judged.sort((a, b) => RANK[a.opens] - RANK[b.opens]);
  return {
    problem: (await isDisabled(person)) ? DISABLED : null,
    total: all.length,
    opening: judged.filter(({ opens }) => opens === "yes").length,
    applications: judged.slice(0, MOST_SHOWN).map((one) => openingFor(one, person, names)),
  };
}
