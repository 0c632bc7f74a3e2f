import type { KeyState, SigningKey } from "./schema";

/** A row of the table without its private half. */
export const describeKey = (row: {
  kid: string;
  publicJwk: Record<string, string>;
  certificate: string;
  createdAt: Date;
  retiredAt: Date | null;
  expiresAt: Date | null;
}): SigningKey => ({
  kid: row.kid,
  publicJwk: row.publicJwk,
  certificate: row.certificate,
  createdAt: row.createdAt.toISOString(),
  retiredAt: row.retiredAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

const isRetired = ({ retiredAt }: SigningKey, now: number): boolean =>
  retiredAt !== null && Date.parse(retiredAt) <= now;

const isOver = ({ expiresAt }: SigningKey, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now;

/**
 * The keys that are not over at `now` (milliseconds since 1970): the one that signs, its successors
 * that are only published yet, and those before it, newest first.
 */
export function orderedKeys(
  keys: readonly SigningKey[],
  now: number,
): (SigningKey & { state: KeyState })[] {
  const good = keys
    .filter((key) => !isOver(key, now))
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  const [signs, ...next] = good.filter((key) => !isRetired(key, now));
  const previous = good.filter((key) => isRetired(key, now)).reverse();
  return [
    ...(signs ? [{ ...signs, state: "signs" as const }] : []),
    ...next.map((key) => ({ ...key, state: "next" as const })),
    ...previous.map((key) => ({ ...key, state: "previous" as const })),
  ];
}
