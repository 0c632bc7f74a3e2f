import type { ClaimSets } from "./claim-lookup";
import { factsOf } from "./failure";
import { readGroups } from "./groups-api";
import { mapIdentity } from "./identity";
import type { JsonObject } from "./parse-json";
import type { Run } from "./run";
import type { Fact } from "./schema";
import type { Jwt } from "./signature";
import type { StepNotes } from "./trace";
import { readUserInfo } from "./user-info";

/** What is left of the groups when the API fails, in words. */
function groupsInstead(run: Run, sets: ClaimSets): Fact[] {
  const groups = mapIdentity(run.connection, sets).identity.groups;
  const where = groups?.source === "user_info" ? "user info" : "the ID token";
  return factsOf({
    "Groups used": groups ? `the ${groups.value.length} of ${where}` : "none, they are missing",
  });
}

async function groupsSoftly(run: Run, sets: ClaimSets, notes: StepNotes): Promise<string[] | null> {
  const { groupsApi } = run.connection;
  if (!groupsApi) return null;
  const said = notes.summary;
  notes.skipped = false;
  try {
    const groups = await readGroups(run, groupsApi, String(sets.idToken.sub), notes);
    notes.summary = `${said}; the groups API has ${groups.length} groups`;
    return groups;
  } catch (error) {
    notes.failSoftly(error, "groups_api", groupsInstead(run, sets));
    return null;
  }
}

/**
 * Step 7: user info, and the groups that the ID token may not hold. Groups are never the reason to
 * fail, and user info only where the email was to come from it: `decisive` tells whether it was.
 */
export async function lookBeyondIdToken(
  run: Run,
  accessToken: string,
  { claims: idToken }: Jwt,
  decisive: boolean,
): Promise<ClaimSets> {
  return run.trace.step("user_info", "User info was read", async (notes) => {
    let userInfo: JsonObject | null = null;
    try {
      userInfo = await readUserInfo(run, accessToken, idToken, notes);
    } catch (error) {
      if (decisive) throw error;
      notes.failSoftly(error);
    }
    const sets = { idToken, userInfo };
    return { ...sets, groups: await groupsSoftly(run, sets, notes) };
  });
}
