import { describe, expect, it } from "vitest";
import { spelledSecret, unspelled } from "./spelled-secret";

/** Small, seeded: a failure can be repeated. */
function randomiser(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const hex = (char: string, width: number) => char.charCodeAt(0).toString(16).padStart(width, "0");
const SPELLINGS: ((char: string) => string)[] = [
  (char) => char,
  (char) => char.toUpperCase(),
  (char) => `%${hex(char, 2)}`,
  (char) => `%25${hex(char, 2).toUpperCase()}`,
  (char) => `%252525${hex(char, 2)}`,
  (char) => `\\u${hex(char, 4)}`,
  (char) => `&#${char.charCodeAt(0)};`,
  (char) => `&#x000${hex(char, 2)};`,
  (char) => (char === "/" ? "\\/" : char),
];
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-.~/=";
const BEFORE = ["", "%", "%2", "%25", "\\", "\\u", "\\u00", "&#", "&#x", "&#1", "é", "\\\\", '"'];
const AFTER = ["", ";", "41", "%", "\\", "é", "&"];

describe("looking for the letters of a secret before its pattern", () => {
  it("never overlooks a spelling that the pattern finds, whatever stands around it", () => {
    const below = randomiser(20261122);
    const pick = <T>(from: readonly T[] | string): T => from[below(from.length)] as T;
    for (let round = 0; round < 300; round += 1) {
      const value = Array.from({ length: 9 + below(40) }, () => pick<string>(LETTERS)).join("");
      const spelled = [...value].map((char) => pick(SPELLINGS)(char)).join("");
      const text = `${pick(BEFORE)}${spelled}${pick(AFTER)}`;
      const secret = spelledSecret(value);
      if (text.search(secret.pattern()) < 0) continue;
      expect(secret.mayBeIn(unspelled(text)), `${value} in ${text}`).toBe(true);
    }
  }, 60_000);

  it("is not led past a secret by what is put before it to swallow its beginning", () => {
    for (const value of [
      "252525252525abcdef",
      "52525252ab1234",
      "000000000000aa",
      "00002525ab12",
    ]) {
      for (const before of ["", "%", "%2", "%25", "%2525", "&#", "&#x", "&#x0", "\\u", "\\u0"]) {
        for (const after of ["", ";"]) {
          const mayBe = spelledSecret(value).mayBeIn(unspelled(`${before}${value}${after}`));
          expect(mayBe, `${before}${value}${after}`).toBe(true);
        }
      }
    }
  });

  it("spares the pattern where the letters are missing", () =>
    expect(spelledSecret("a-secret-of-some-length").mayBeIn(unspelled("%41 other text"))).toBe(
      false,
    ));

  it.each([
    "100%secret",
    "a\\u0041bcdefg",
    "tom&jerry&co",
    "short",
    "ünïcödé-secret",
    "a b+c d+e f",
  ])("always asks the pattern of %j", (value) =>
    expect(spelledSecret(value).mayBeIn("")).toBe(true),
  );
});
