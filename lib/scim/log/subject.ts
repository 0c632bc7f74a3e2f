import type { NewScimLogEntry } from "./schema";

type Subject = Pick<
  NewScimLogEntry,
  "resourceType" | "resourceId" | "externalId" | "userEmail" | "groupName"
>;

const TYPES = new Map<string, "USER" | "GROUP">([
  ["users", "USER"],
  ["groups", "GROUP"],
]);

/** A text of a body by its attribute name, in any case. */
function textIn(body: unknown, name: string): string | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const found = Object.entries(body).find(([key]) => key.toLowerCase() === name);
  return typeof found?.[1] === "string" ? found[1] : null;
}

/** What a request was about, from itself alone: one that failed may have got no further. */
export function subjectOf({ path, request }: Pick<NewScimLogEntry, "path" | "request">): Subject {
  const [, type = "", id = null] = path.split("/");
  const resourceType = TYPES.get(type.toLowerCase()) ?? null;
  if (resourceType === null) return {};
  return {
    resourceType,
    resourceId: id,
    externalId: textIn(request, "externalid"),
    userEmail: resourceType === "USER" ? textIn(request, "username") : null,
    groupName: resourceType === "GROUP" ? textIn(request, "displayname") : null,
  };
}
