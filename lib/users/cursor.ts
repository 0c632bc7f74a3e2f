import * as z from "zod";

const cursorSchema = z.tuple([z.string(), z.uuid()]);

/** Where a page of the registry ended: the email address in lower case, then the id. */
export interface UserCursor {
  email: string;
  id: string;
}

export const writeCursor = ({ email, id }: UserCursor): string =>
  Buffer.from(JSON.stringify([email, id])).toString("base64url");

/** Null for anything that is not a cursor: then the list begins at its beginning. */
export function readCursor(text: string): UserCursor | null {
  try {
    const parsed = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    const [email, id] = parsed;
    return email.includes("\u0000") ? null : { email, id };
  } catch {
    return null;
  }
}
