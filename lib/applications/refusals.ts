import { AppError } from "@/lib/kit/errors";

export const gone = () =>
  new AppError("not_found", "That application no longer exists.", {
    fix: "Go back to Applications to see those that do.",
  });

export function takenName(name: string): AppError {
  const message = `Another application is called ${name}. Use a different name.`;
  return new AppError("conflict", message, { fields: { name: [message] } });
}

export const changedMeanwhile = () =>
  new AppError(
    "conflict",
    "Somebody changed this application while you were editing. Nothing was saved.",
    {
      fix: "Your input is still here. Open it in another tab to compare, then reload this page and enter your changes again.",
    },
  );

export const tooMany = (most: number) =>
  new AppError("conflict", `There are ${most} applications already.`, {
    fix: "Delete one that is not used any more, then save again.",
  });

/** Issues by dotted path. */
export const problems = (fields: Record<string, string[]>) =>
  new AppError("invalid_input", "There is a problem with what was entered.", { fields });
