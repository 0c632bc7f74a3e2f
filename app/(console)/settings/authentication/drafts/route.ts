import * as z from "zod";
import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { checkDraft } from "@/lib/login-methods/drafts/store";
import { settingsSchema } from "@/lib/test-runs/start-draft";
import { jsonAction } from "../json-action";

/** As much as the form of a test may send. */
const MAX_BYTES = 262_144;

const check = adminAction(
  settingsSchema.extend({ id: z.uuid(), draft: z.uuid() }),
  async ({ id, draft, kind, version, from, values }, admin) => {
    await checkDraft(admin, {
      id: draft,
      loginMethodId: id,
      kind,
      baseVersion: version,
      from,
      values,
    });
  },
);

/** Tells a form what is wrong with it while the tab of its test opens. Nothing is kept. */
export const POST = (request: Request): Promise<Response> =>
  jsonAction(request, env().url, check, MAX_BYTES);
