import { pageLimits } from "../discovery";
import { parametersOf, wholeNumberIn } from "../parameters";
import { ScimError } from "../scim-error";
import { searchGroups } from "./group-reads";
import { listAnswer } from "./list-answer";
import type { Call, Done } from "./request";
import { searchUsers } from "./user-reads";

interface List {
  totalResults: number;
  Resources: unknown[];
}

/** The same search for another page, whatever case the names of the page were sent in. */
function withPage(asked: unknown, page: { startIndex: number; count: number }) {
  const others = Object.entries(asked as object).filter(
    ([name]) => !/^(startindex|count)$/i.test(name),
  );
  return { ...Object.fromEntries(others), ...page };
}

/** POST /.search (RFC 7644 §3.4.3): Users first, then Groups, as one list. Pages by index only. */
export async function searchEverything(call: Call): Promise<Done> {
  const { body } = call.request;
  const parameters = parametersOf(body);
  if (parameters.get("cursor") !== undefined) {
    throw new ScimError(400, "A search of everything pages by startIndex.", "invalidCursor");
  }
  const startIndex = Math.max(1, wholeNumberIn(parameters, "startIndex") ?? 1);
  const wanted = wholeNumberIn(parameters, "count") ?? pageLimits.default;
  const count = Math.max(0, Math.min(pageLimits.max, wanted));
  const users = await searchUsers(call, withPage(body, { startIndex, count }));
  const found = users.answer.body as List;
  const rest = {
    startIndex: Math.max(1, startIndex - found.totalResults),
    count: count - found.Resources.length,
  };
  const groups = await searchGroups(call, withPage(body, rest));
  const more = groups.answer.body as List;
  const page = {
    items: [...found.Resources, ...more.Resources],
    total: found.totalResults + more.totalResults,
    nextCursor: null,
  };
  return { answer: listAnswer({ cursor: undefined, startIndex }, page, page.items), about: null };
}
