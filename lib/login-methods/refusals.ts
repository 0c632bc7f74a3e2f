import { AppError } from "@/lib/kit/errors";
import { MAX_LOGIN_METHODS } from "./schema";

export const gone = () =>
  new AppError("not_found", "That login method no longer exists.", {
    fix: "Go back to Login methods to see the ones that do.",
  });

export const unknownKind = (kind: string) =>
  new AppError("unavailable", `This version of Gatehouse does not know the type ${kind}.`, {
    fix: "Start the version that added this login method, or delete it.",
  });

export function takenName(name: string): AppError {
  const message = `Another login method is called ${name}. Use a different name.`;
  return new AppError("conflict", message, { fields: { name: [message] } });
}

export const savedOtherwise = (name: string) =>
  new AppError("conflict", "This form was already saved, with other settings.", {
    fix: `Open ${name} in Login methods to change it.`,
  });

export const tooMany = () =>
  new AppError("conflict", `There are ${MAX_LOGIN_METHODS} login methods already.`, {
    fix: "Delete one that is not used any more, then save again.",
  });

export const changedBy = (who: string) =>
  new AppError("conflict", `${who} changed this while you were editing. Nothing was saved.`, {
    fix: "Your input is still here. Open the login method in another tab to compare, then reload this page and enter your changes again.",
  });

export const incomplete = (name: string, cause: unknown) =>
  new AppError("unavailable", `The stored settings of ${name} are not complete.`, {
    cause,
    fix: "Select Edit, look for fields with a message, and save.",
  });

export const draftGone = () =>
  new AppError("not_found", "What was tested is no longer kept.", {
    fix: "Open the form again, enter your changes and choose Test. Unsaved settings are kept for 24 hours after a test.",
  });

export const draftReused = () =>
  new AppError("conflict", "This test was already started, with other settings.", {
    fix: "Choose Test again in the form.",
  });

export const unproven = (name: string, changed: boolean) =>
  new AppError(
    "conflict",
    changed
      ? `${name} has changed since it last passed a test.`
      : `${name} has never passed a test.`,
    { fix: "Test it first, or enable it anyway." },
  );
