import { AppError } from "@/lib/kit/errors";

export type Kind = "policy" | "access group";

const LISTS: Record<Kind, string> = { policy: "Policies", "access group": "Access Groups" };

export const gone = (kind: Kind) =>
  new AppError("not_found", `That ${kind} no longer exists.`, {
    fix: `Go back to ${LISTS[kind]} to see those that do.`,
  });

export function takenName(kind: Kind, name: string): AppError {
  const article = kind === "policy" ? "Another policy" : "Another access group";
  const message = `${article} is called ${name}. Use a different name.`;
  return new AppError("conflict", message, { fields: { name: [message] } });
}

export const changedMeanwhile = (kind: Kind) =>
  new AppError(
    "conflict",
    `Somebody changed this ${kind} while you were editing. Nothing was saved.`,
    {
      fix: "Your input is still here. Open it in another tab to compare, then reload this page and enter your changes again.",
    },
  );

export const tooMany = (kind: Kind, most: number) =>
  new AppError("conflict", `There are ${most} already, and no more can be added.`, {
    fix: `Delete a ${kind} that is not used any more, then save again.`,
  });

export const inUse = (name: string, users: readonly { name: string }[]) =>
  new AppError(
    "conflict",
    `${name} cannot be deleted while ${users.map((user) => user.name).join(", ")} uses it.`,
    { fix: "Take it out of there first." },
  );

/** Rules that name what is not there: `fields` by dotted path. */
export const namesNothing = (fields: Record<string, string[]>) =>
  new AppError("invalid_input", "A rule names something that no longer exists.", { fields });
