import * as z from "zod";
import type { FoundUser, TesterActions, TesterData } from "@/components/policy-tester/subject";
import type { Viewer } from "@/lib/kit/actor";
import { rowId } from "@/lib/kit/address-query";
import { isAppError } from "@/lib/kit/errors";
import { ruleLibrary } from "@/lib/policies/library/store";
import { entryToTest, identityRuns } from "@/lib/policies/tester/store";
import { getUser } from "@/lib/users/store";
import { foundUser } from "./found-user";
import { searchUsers, tryEveryone, tryPerson } from "./rule-actions";

const id = z.uuid().nullable().catch(null);
const beginSchema = z.object({
  /** Id of a test. */
  run: id,
  /** Id of somebody in the user registry. */
  user: id,
  /** Id of an entry of the Access log. */
  entry: rowId,
});

async function userOf(viewer: Viewer, id: string | null): Promise<FoundUser | null> {
  if (id === null) return null;
  try {
    return foundUser(await getUser(viewer, id));
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

/** What the policy tester needs on whatever page it stands; `begin` is what its address names. */
export async function testerFor(
  viewer: Viewer,
  begin: Record<string, unknown> = {},
): Promise<{ actions: TesterActions; data: TesterData }> {
  const { run: wanted, user, entry } = beginSchema.parse(begin);
  const [{ methods }, runs, firstUser, firstEntry] = await Promise.all([
    ruleLibrary(viewer),
    identityRuns(viewer, wanted),
    userOf(viewer, user),
    entry ? entryToTest(viewer, entry) : null,
  ]);
  return {
    actions: { testPerson: tryPerson, testEveryone: tryEveryone, searchUsers },
    data: {
      loginMethods: methods.map(({ id, name }) => ({ id, name })),
      runs,
      firstRun: runs.some(({ id }) => id === wanted) ? wanted : null,
      ...{ firstUser, firstEntry },
    },
  };
}
