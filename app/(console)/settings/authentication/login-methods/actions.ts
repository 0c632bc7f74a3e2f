"use server";
import { refresh } from "next/cache";
import { adminAction } from "@/lib/admins/admin-action";
import { saveDraft } from "@/lib/login-methods/drafts/save-draft";
import { setLoginMethodEnabled } from "@/lib/login-methods/enabled/store";
import {
  addSchema,
  changeSchema,
  enableSchema,
  removeSchema,
  saveTestedSchema,
} from "@/lib/login-methods/schema";
import { addLoginMethod, changeLoginMethod, removeLoginMethod } from "@/lib/login-methods/store";
import { keepTestedIssuer } from "@/lib/test-runs/keep-issuer";

// The form goes on to another page after these two, so nothing here needs a new rendering.
export const add = adminAction(addSchema, async (input, admin) =>
  keepTestedIssuer(admin, await addLoginMethod(admin, input)),
);
export const remove = adminAction(removeSchema, ({ id }, admin) => removeLoginMethod(admin, id));

export const change = adminAction(changeSchema, async (input, admin) => {
  const changed = await keepTestedIssuer(admin, await changeLoginMethod(admin, input));
  refresh();
  return changed;
});

export const setEnabled = adminAction(enableSchema, async (input, admin) => {
  const changed = await setLoginMethodEnabled(admin, input);
  refresh();
  return changed;
});

/** Saves exactly what was tested, secrets included. */
export const saveTested = adminAction(saveTestedSchema, async ({ draftId }, admin) => {
  const saved = await keepTestedIssuer(admin, await saveDraft(admin, draftId));
  const { id, name, scimSecret } = saved;
  return { id, name, ...(scimSecret && { scimSecret }) };
});
