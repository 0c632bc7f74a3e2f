import type { KeyState, KeyUse } from "./schema";

/** Assertions live a minute; the rest is for providers that check one late or copy keys by hand. */
const PUBLISHED_AFTER_MS = 24 * 60 * 60 * 1000;

interface Dated {
  kid: string;
  use: KeyUse;
  createdAt: Date;
  retiredAt: Date | null;
}

const oldestFirst = (a: Dated, b: Dated) =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.kid < b.kid ? -1 : 1);

const active = <K extends Dated>(keys: readonly K[], use: KeyUse): K[] =>
  keys.filter((key) => key.use === use && key.retiredAt === null).sort(oldestFirst);

/** The key that signs: the oldest active one, so that a new one can be handed over before it does. */
export const signerOf = <K extends Dated>(keys: readonly K[]): K | null =>
  active(keys, "sig")[0] ?? null;

/** Every key that opens what was encrypted to it, newest first. */
export const openersOf = <K extends Dated>(keys: readonly K[]): K[] =>
  keys.filter((key) => key.use === "enc").sort((a, b) => oldestFirst(b, a));

export function stateOf(key: Dated, all: readonly Dated[]): KeyState {
  if (key.retiredAt !== null) return "retired";
  return key.use === "enc" || signerOf(all)?.kid === key.kid ? "in_use" : "next";
}

/**
 * Keys whose public half is served at this time. A retired key for encryption is not among them: the
 * provider would go on encrypting to it.
 */
export const publishedOf = <K extends Dated>(keys: readonly K[], now: number): K[] =>
  keys
    .filter(
      ({ use, retiredAt }) =>
        retiredAt === null || (use === "sig" && now - retiredAt.getTime() < PUBLISHED_AFTER_MS),
    )
    .sort(oldestFirst);

/** What decides how the keys work; changes with every key that comes or goes. */
export const kidsInUse = (keys: readonly Dated[], signs: boolean): string[] => {
  const signer = signs ? signerOf(keys) : null;
  return [...(signer ? [signer] : []), ...active(keys, "enc")].map(({ kid }) => kid);
};
