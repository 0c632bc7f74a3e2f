import type { ListQuery } from "../list-query";
import { answerOf, type ScimAnswer } from "./request";

const LIST_URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** One page of what was found. */
export interface Page<T> {
  items: T[];
  total: number;
  /** For a client that pages by cursor; null on the last page. */
  nextCursor: string | null;
}

/** A ListResponse (RFC 7644 §3.4.2); with `nextCursor` for a client that pages by cursor (RFC 9865). */
export function listAnswer(
  { cursor, startIndex }: Pick<ListQuery, "cursor" | "startIndex">,
  { total, nextCursor }: Page<unknown>,
  resources: readonly unknown[],
): ScimAnswer {
  return answerOf(200, {
    schemas: [LIST_URN],
    totalResults: total,
    itemsPerPage: resources.length,
    ...(cursor === undefined ? { startIndex } : nextCursor !== null && { nextCursor }),
    Resources: resources,
  });
}
