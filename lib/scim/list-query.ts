import { createHash } from "node:crypto";
import { pageLimits } from "./discovery";
import type { Filter } from "./filter/filter";
import { parseFilter } from "./filter/parse";
import { type Parameters, parametersOf, textIn, wholeNumberIn } from "./parameters";
import type { Selection } from "./projection";
import { selectionIn } from "./projection";
import type { ResourceType } from "./schema";
import { invalidValue, ScimError } from "./scim-error";

export type SortOrder = "ascending" | "descending";

/** What a list of resources is asked for (RFC 7644 §3.4.2, RFC 9865). */
export interface ListQuery {
  filter: Filter | null;
  sortBy: string | null;
  sortOrder: SortOrder;
  /** From 1. */
  startIndex: number;
  /** Resources of a page, 0 to 1000. */
  count: number;
  /** Undefined: pages by index. Null: the first page by cursor. */
  cursor: string | null | undefined;
  selection: Selection;
  /** Of all that decides what is found, in which order: a cursor belongs to it. */
  fingerprint: string;
}

/** Far beyond any list, and safe as an OFFSET. */
const MAX_INDEX = 1_000_000_000;

function readSortOrder(parameters: Parameters): SortOrder {
  const order = textIn(parameters, "sortOrder")?.toLowerCase() ?? "ascending";
  if (order === "ascending" || order === "descending") return order;
  throw invalidValue("sortOrder must be ascending or descending.");
}

function readCount(parameters: Parameters, pagesByCursor: boolean): number {
  try {
    const count = wholeNumberIn(parameters, "count") ?? pageLimits.default;
    return Math.min(Math.max(count, 0), pageLimits.max);
  } catch (error) {
    if (!pagesByCursor) throw error;
    throw new ScimError(400, "count must be a whole number.", "invalidCount", { cause: error });
  }
}

function readCursorText(parameters: Parameters): string | null | undefined {
  const cursor = parameters.get("cursor");
  if (cursor === undefined) return undefined;
  if (typeof cursor !== "string") {
    throw new ScimError(400, "cursor must be text: empty for the first page.", "invalidCursor");
  }
  return cursor === "" ? null : cursor;
}

/**
 * Reads the query of a GET, or the body of a POST to `.search`. Throws ScimError 400: `invalidFilter`,
 * `invalidValue`, `invalidCount`, `invalidCursor`, `invalidSyntax`.
 */
export function readListQuery(asked: unknown, type: ResourceType): ListQuery {
  const parameters = parametersOf(asked);
  const filter = textIn(parameters, "filter");
  const sortBy = textIn(parameters, "sortBy")?.trim() ?? null;
  const sortOrder = readSortOrder(parameters);
  const cursor = readCursorText(parameters);
  const startIndex = wholeNumberIn(parameters, "startIndex") ?? 1;
  const identity = JSON.stringify([type, filter, sortBy, sortOrder]);
  return {
    filter: filter === null ? null : parseFilter(filter),
    sortBy,
    sortOrder,
    startIndex: Math.min(Math.max(startIndex, 1), MAX_INDEX),
    count: readCount(parameters, cursor !== undefined),
    cursor,
    selection: selectionIn(parameters),
    fingerprint: createHash("sha256").update(identity).digest("base64url").slice(0, 16),
  };
}
