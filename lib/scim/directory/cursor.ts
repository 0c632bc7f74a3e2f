import * as z from "zod";

const cursorSchema = z.tuple([z.string(), z.uuid()]);

/** Where a page ended: the name in lower case, then the id. */
export interface NameCursor {
  key: string;
  id: string;
}

export const writeCursor = ({ key, id }: NameCursor): string =>
  Buffer.from(JSON.stringify([key, id])).toString("base64url");

/** Null for anything that is not a cursor: then the list begins at its beginning. */
export function readCursor(text: string): NameCursor | null {
  try {
    const [key, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return key.includes("\u0000") ? null : { key, id };
  } catch {
    return null;
  }
}
