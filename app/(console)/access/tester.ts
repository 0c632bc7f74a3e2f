import * as z from "zod";
import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import type { Viewer } from "@/lib/kit/actor";
import { ruleLibrary } from "@/lib/policies/library/store";
import { identityRuns } from "@/lib/policies/tester/store";
import { searchUsers, tryEveryone, tryPerson } from "./rule-actions";

const idSchema = z.uuid().nullable().catch(null);

/** What the policy tester needs on whatever page it stands. `run` is the id of a test to begin with. */
export async function testerFor(
  viewer: Viewer,
  run: unknown = null,
): Promise<{ actions: TesterActions; data: TesterData }> {
  const wanted = idSchema.parse(run);
  const [{ methods }, runs] = await Promise.all([
    ruleLibrary(viewer),
    identityRuns(viewer, wanted),
  ]);
  return {
    actions: { testPerson: tryPerson, testEveryone: tryEveryone, searchUsers },
    data: {
      loginMethods: methods.map(({ id, name }) => ({ id, name })),
      runs,
      first: runs.some(({ id }) => id === wanted) ? wanted : null,
    },
  };
}
