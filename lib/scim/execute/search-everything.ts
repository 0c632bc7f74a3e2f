import { ScimError } from "../scim-error";
import { searchGroups } from "./group-reads";
import { listAnswer } from "./list-answer";
import type { Call, Done } from "./request";
import { searchUsers } from "./user-reads";

interface List {
  totalResults: number;
  Resources: unknown[];
}

const bodyOf = (body: unknown): Record<string, unknown> => {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new ScimError(400, "The body must be a SearchRequest object.", "invalidSyntax");
};

const numberIn = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isInteger(value) ? value : otherwise;

/** POST /.search (RFC 7644 §3.4.3): Users first, then Groups, as one list. Pages by index only. */
export async function searchEverything(call: Call): Promise<Done> {
  const asked = bodyOf(call.request.body);
  if (asked.cursor !== undefined) {
    throw new ScimError(400, "A search of everything pages by startIndex.", "invalidCursor");
  }
  const startIndex = Math.max(1, numberIn(asked.startIndex, 1));
  const count = Math.max(0, Math.min(1000, numberIn(asked.count, 100)));
  const users = await searchUsers(call, { ...asked, startIndex, count });
  const found = users.answer.body as List;
  const left = count - found.Resources.length;
  const groups = await searchGroups(call, {
    ...asked,
    startIndex: Math.max(1, startIndex - found.totalResults),
    count: left,
  });
  const more = groups.answer.body as List;
  const page = {
    items: [...found.Resources, ...more.Resources],
    total: found.totalResults + more.totalResults,
    nextCursor: null,
  };
  return { answer: listAnswer({ cursor: undefined, startIndex }, page, page.items), about: null };
}
