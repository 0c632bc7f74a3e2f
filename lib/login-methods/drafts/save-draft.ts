import "server-only";
import type { Admin } from "@/lib/kit/actor";
import { draftGone } from "../refusals";
import type { SavedLoginMethod } from "../schema";
import { addLoginMethod, changeLoginMethod } from "../store";
import { getDraft } from "./store";

/**
 * Saves a draft as it stands, secrets included. Throws what a save throws: `invalid_input` on `name`
 * when none was entered, `conflict` when the login method was changed since.
 */
export async function saveDraft(admin: Admin, draftId: string): Promise<SavedLoginMethod> {
  const draft = await getDraft(admin, draftId);
  if (!draft) throw draftGone();
  const { loginMethodId: id, kind, name, config, scim, baseVersion } = draft;
  const values = { name, config, scim };
  return baseVersion === 0
    ? addLoginMethod(admin, { id, kind, draftId, values })
    : changeLoginMethod(admin, { id, version: baseVersion, draftId, values });
}
