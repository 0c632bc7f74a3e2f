import * as z from "zod";
import { ScimError } from "./scim-error";

/** Where a page ended: at a resource, in the order in which they were made; or after so many. */
export type Position =
  | { readonly after: { readonly createdAt: Date; readonly id: string } }
  | { readonly offset: number };

const cursorSchema = z.union([
  z.tuple([z.string(), z.literal("a"), z.number().int().min(0).max(8.64e15), z.uuid()]),
  z.tuple([z.string(), z.literal("o"), z.number().int().min(0).max(1_000_000_000)]),
]);

/**
 * A cursor (RFC 9865 §2) that goes on at a position of the query with that fingerprint
 * (lib/scim/list-query.ts). It keeps nothing on the server and opens nothing: whoever has it still
 * sees their own resources only.
 */
export function writeCursor(position: Position, fingerprint: string): string {
  const parts =
    "after" in position
      ? [fingerprint, "a", position.after.createdAt.getTime(), position.after.id]
      : [fingerprint, "o", position.offset];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Reads what `writeCursor` made. Throws ScimError 400 `invalidCursor`, also for another query's. */
export function readCursor(cursor: string, fingerprint: string): Position {
  const [of, kind, position, id] = parsed(cursor);
  if (of !== fingerprint) {
    throw new ScimError(
      400,
      "This cursor belongs to another query: send filter, sortBy and sortOrder as for the first page.",
      "invalidCursor",
    );
  }
  return kind === "a" && id !== undefined
    ? { after: { createdAt: new Date(position), id } }
    : { offset: position };
}

function parsed(cursor: string): z.output<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    const detail = "This is no cursor of this endpoint: take nextCursor as it came.";
    throw new ScimError(400, detail, "invalidCursor", { cause });
  }
}
