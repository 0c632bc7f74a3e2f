import { randomBytes, randomUUID } from "node:crypto";

export const REQUEST_ID_HEADER = "x-request-id";

/** A request id that may be passed on: short, and with nothing in it that a log or a shell minds. */
export const isRequestId = (text: string | undefined | null): text is string =>
  typeof text === "string" && /^[A-Za-z0-9_.-]{8,64}$/.test(text);

export const newRequestId = (): string => randomUUID();

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A reference that can be read out on the telephone: eight letters and digits that look unlike each other. */
export function speakableReference(): string {
  const text = Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}
