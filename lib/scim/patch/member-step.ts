import type { Filter } from "../filter/filter";
import { readMembers } from "../input/member-refs";
import type { MemberRef, MemberStep } from "../schema";
import { ScimError } from "../scim-error";
import type { PatchOperation } from "./operation";

export const isOfMembers = ({ target }: PatchOperation): boolean =>
  target.type === "Group" && target.extension === null && target.name === "members";

/** Ids that the filter lists; null when it asks for anything else than ids. */
function idsOf(filter: Filter): string[] | null {
  if (filter.kind === "or") {
    const all = filter.operands.map(idsOf);
    return all.every((each) => each !== null) ? all.flat() : null;
  }
  const isId =
    filter.kind === "compare" &&
    filter.operator === "eq" &&
    filter.path.name?.toLowerCase() === "value" &&
    filter.path.sub === null;
  return isId && typeof filter.value === "string" ? [filter.value] : null;
}

function removedBy(filter: Filter, path: string): MemberRef[] {
  const ids = idsOf(filter);
  if (ids === null) {
    throw new ScimError(
      400,
      `Members are removed by their ids, as in members[value eq "…"]; ${path.slice(0, 200)} asks for more.`,
      "invalidPath",
    );
  }
  return ids.map((value) => ({ value, type: null }));
}

/**
 * The row operation that an operation on `members` comes to.
 * @throws ScimError 400 invalidPath, invalidValue or mutability
 */
export function memberStep({ op, target, value }: PatchOperation): MemberStep {
  const { filter, sub, path } = target;
  if (sub !== null || (filter !== null && op !== "remove")) {
    throw new ScimError(
      400,
      `A member cannot be changed (${path.slice(0, 200)}): remove it and add another.`,
      "mutability",
    );
  }
  if (filter !== null) return { op: "remove", members: removedBy(filter, path) };
  if (op === "remove" && (value === undefined || value === null)) return { op: "clear" };
  const members = readMembers(value);
  return op === "replace" && members.length === 0 ? { op: "clear" } : { op, members };
}
