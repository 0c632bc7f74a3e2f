import "server-only";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Admin } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import type { DraftInput } from "@/lib/login-methods/drafts/draft";
import { makeDraft } from "@/lib/login-methods/drafts/store";
import { openFix } from "./fix";
import { type StartedRun, startTestRun } from "./start";
import { getTestRun } from "./store";

/** The page gives ids to follow the test by; a press before its script has loaded gives none. */
const id = z
  .union([z.uuid(), z.literal("")])
  .optional()
  .transform((given) => given || randomUUID());
const ids = z.object({ draft: id, run: id });

/** The settings of a form, as it stands. */
export const settingsSchema = z.strictObject({
  kind: z.string().max(50),
  version: z.int().min(0),
  from: z.uuid().nullable(),
  values: z.record(z.string().max(100), z.unknown()),
});

const fromJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This is not JSON.");
    return z.NEVER;
  }
});

/** What the form of a Test button sends: settings, a fix of a run, or a run to be run again. */
export const draftTestSchema = z.union([
  ids.extend({ settings: fromJson.pipe(settingsSchema) }),
  ids.extend({ fix: z.string().max(100) }),
  ids.extend({ again: z.uuid() }),
]);
export type DraftTest = z.output<typeof draftTestSchema>;

async function inputOf(admin: Admin, id: string, test: DraftTest): Promise<DraftInput | null> {
  const base = { id: test.draft, loginMethodId: id };
  if ("settings" in test) {
    const { kind, version, from, values } = test.settings;
    return { ...base, kind, baseVersion: version, from, values };
  }
  if (!("fix" in test)) return null;
  const { kind, baseVersion, from, values } = await openFix(admin, id, test.fix);
  return { ...base, kind, baseVersion, from, values: { ...values } };
}

async function draftOfRun(admin: Admin, loginMethodId: string, runId: string): Promise<string> {
  const { draftId, loginMethod } = await getTestRun(admin, runId);
  if (draftId && loginMethod.id === loginMethodId) return draftId;
  throw new AppError("not_found", "That test was not one of unsaved settings.", {
    fix: "Choose Test on the page of the login method.",
  });
}

/**
 * Starts a run of settings that are not saved. Throws what `makeDraft`, `openFix` and `startTestRun`
 * throw.
 */
export async function startDraftTest(
  admin: Admin,
  loginMethodId: string,
  test: DraftTest,
): Promise<StartedRun> {
  const input = await inputOf(admin, loginMethodId, test);
  if (input) await makeDraft(admin, input);
  const draftId = "again" in test ? await draftOfRun(admin, loginMethodId, test.again) : test.draft;
  return startTestRun(admin, loginMethodId, test.run, { draftId });
}
