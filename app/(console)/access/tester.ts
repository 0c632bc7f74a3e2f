import type { TesterActions, TesterData } from "@/components/policy-tester/subject";
import type { Viewer } from "@/lib/kit/actor";
import { ruleLibrary } from "@/lib/policies/library/store";
import { identityRuns } from "@/lib/policies/tester/store";
import { searchUsers, tryEveryone, tryPerson } from "./rule-actions";

/** What the policy tester needs on whatever page it stands. */
export async function testerFor(
  viewer: Viewer,
): Promise<{ actions: TesterActions; data: TesterData }> {
  const [{ methods }, runs] = await Promise.all([ruleLibrary(viewer), identityRuns(viewer)]);
  return {
    actions: { testPerson: tryPerson, testEveryone: tryEveryone, searchUsers },
    data: { loginMethods: methods.map(({ id, name }) => ({ id, name })), runs },
  };
}
