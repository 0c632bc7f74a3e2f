import * as z from "zod";
import type { FoundUser, TesterActions, TesterData } from "@/components/policy-tester/subject";
import type { Viewer } from "@/lib/kit/actor";
import { isAppError } from "@/lib/kit/errors";
import { ruleLibrary } from "@/lib/policies/library/store";
import { identityRuns } from "@/lib/policies/tester/store";
import { getUser } from "@/lib/users/store";
import { foundUser } from "./found-user";
import { searchUsers, tryEveryone, tryPerson } from "./rule-actions";

const idSchema = z.uuid().nullable().catch(null);

async function userOf(viewer: Viewer, id: string | null): Promise<FoundUser | null> {
  if (id === null) return null;
  try {
    return foundUser(await getUser(viewer, id));
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

/** What the policy tester needs on whatever page it stands. `run` and `user` are ids to begin with. */
export async function testerFor(
  viewer: Viewer,
  { run, user }: { run?: unknown; user?: unknown } = {},
): Promise<{ actions: TesterActions; data: TesterData }> {
  const wanted = idSchema.parse(run ?? null);
  const [{ methods }, runs, firstUser] = await Promise.all([
    ruleLibrary(viewer),
    identityRuns(viewer, wanted),
    userOf(viewer, idSchema.parse(user ?? null)),
  ]);
  return {
    actions: { testPerson: tryPerson, testEveryone: tryEveryone, searchUsers },
    data: {
      loginMethods: methods.map(({ id, name }) => ({ id, name })),
      runs,
      firstRun: runs.some(({ id }) => id === wanted) ? wanted : null,
      firstUser,
    },
  };
}
