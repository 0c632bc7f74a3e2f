import "server-only";
import type * as z from "zod";
import type { Admin } from "@/lib/kit/actor";
import { makeDraft } from "@/lib/login-methods/drafts/store";
import { settingsSchema } from "@/lib/test-runs/start-draft";
import { type MadeLink, makeLinkSchema } from "./schema";
import { makeTestLink } from "./store";

/** With `settings`, a form as it stands: kept as the draft `draftId` first. */
export const shareSchema = makeLinkSchema.extend({
  settings: settingsSchema.nullable().default(null),
});

/** Makes a test link, of unsaved settings too. Throws what `makeDraft` and `makeTestLink` throw. */
export async function shareTest(
  admin: Admin,
  { settings, ...link }: z.output<typeof shareSchema>,
): Promise<MadeLink> {
  if (settings && link.draftId) {
    const { kind, version, from, values } = settings;
    const { loginMethodId, draftId } = link;
    await makeDraft(admin, {
      id: draftId,
      loginMethodId,
      kind,
      baseVersion: version,
      from,
      values,
    });
  }
  return makeTestLink(admin, link);
}
