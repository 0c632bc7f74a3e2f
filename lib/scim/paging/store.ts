import "server-only";
import { asc, type SQL, sql } from "drizzle-orm";
import type { scimGroups, scimUsers } from "@/db/schema/scim";
import { readCursor, writeCursor } from "../cursor";
import type { Page } from "../execute/list-answer";
import type { ListQuery } from "../list-query";

interface Slice {
  /** What goes before is left out by this, or by `offset`. */
  more: SQL | undefined;
  order: SQL[];
  limit: number;
  offset: number;
}

interface Source<T> {
  /** Of `sortBy`; empty for the order in which resources were made. */
  order: SQL[];
  count(): Promise<number>;
  read(slice: Slice): Promise<T[]>;
  /** How many of them fit into one answer, at least one; all where this is not given. */
  fitting?(items: readonly T[]): Promise<number>;
}

type Placed = { id: string; createdAt: Date };

/**
 * One page of resources. By index it is `startIndex` and `count`; by cursor it goes on after the last
 * resource of the page before, so that what is added or deleted meanwhile moves nobody. A list that
 * is sorted by something else goes on by position.
 */
export async function readPage<T extends Placed>(
  query: ListQuery,
  table: typeof scimUsers | typeof scimGroups,
  source: Source<T>,
): Promise<Page<T>> {
  const { cursor, count, startIndex, fingerprint } = query;
  const order = [...source.order, asc(table.createdAt), asc(table.id)];
  const byCursor = cursor !== undefined;
  const place = cursor ? readCursor(cursor, fingerprint) : null;
  const after = place && "after" in place ? place.after : null;
  const position = place && "offset" in place ? place.offset : 0;
  const offset = byCursor ? position : startIndex - 1;
  const more = after
    ? sql`(${table.createdAt}, ${table.id}) > (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
    : undefined;
  // One more than is shown tells whether there is another page.
  const found = count === 0 ? [] : await source.read({ more, order, limit: count + 1, offset });
  const page = found.slice(0, count);
  const items = source.fitting ? page.slice(0, await source.fitting(page)) : page;
  const last = items.at(-1);
  const isLast = found.length <= items.length;
  const next =
    source.order.length > 0 ? { offset: offset + items.length } : last && { after: pointOf(last) };
  return {
    items,
    total: isLast && count > 0 && !place && offset === 0 ? items.length : await source.count(),
    nextCursor: !byCursor || isLast || !next ? null : writeCursor(next, fingerprint),
  };
}

const pointOf = ({ id, createdAt }: Placed) => ({ id, createdAt });
