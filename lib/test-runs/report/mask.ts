import type { TestRun } from "../schema";

/** Claims of the protocol: they tell about the app and the token, not about the person. */
const PROTOCOL = new Set(
  "iss aud azp exp iat nbf nonce at_hash c_hash s_hash jti auth_time typ alg kid acr amr ver scope scp".split(
    " ",
  ),
);
const LEAST = 4;
const LONGEST = 512;
const MOST = 20_000;

type Json = Record<string, unknown>;

function* leaves(value: unknown): Generator<string> {
  if (typeof value === "string" || typeof value === "number") yield String(value);
  else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* leaves(inner);
  }
}

const personalIn = (claims: Json | null): string[] =>
  Object.entries(claims ?? {}).flatMap(([name, value]) =>
    PROTOCOL.has(name) ? [] : [...leaves(value)],
  );

/** What a run learnt about a person, as separate texts. */
function personalValues(run: TestRun): string[] {
  if (!("claims" in run)) return [];
  const { claims, identity } = run;
  const names = new Set(Object.keys({ ...claims?.userInfo, ...claims?.idTokenPayload }));
  // Who somebody is comes first: a thousand groups must not push the email address out.
  const values = [
    ...leaves(identity?.email?.value),
    ...leaves(identity?.sub.value),
    ...leaves(identity?.name?.value),
    ...personalIn(claims?.idTokenPayload ?? null),
    ...personalIn(claims?.userInfo ?? null),
    ...leaves(identity?.groups?.value),
  ];
  return [...new Set(values)]
    .filter((value) => value.length >= LEAST && value.length <= LONGEST && !names.has(value))
    .slice(0, MOST);
}

/** The first sign of a value, so that two of them can be told apart and nobody is named. */
export const sampleOf = (value: string): string => (value === "" ? "" : `${[...value][0]}…`);

/** In lower case, with every character where it stood. */
const lowered = (text: string): string =>
  [...text]
    .map((char) => {
      const lower = char.toLowerCase();
      return lower.length === char.length ? lower : char;
    })
    .join("");

/** For each place of a text, whether the character before it and the one there are parts of words. */
function wordParts(text: string): { before: boolean[]; at: boolean[] } {
  const at: boolean[] = [];
  const before: boolean[] = [false];
  for (const char of text) {
    const isPart = /[\p{L}\p{N}]/u.test(char);
    for (let unit = 0; unit < char.length; unit += 1) {
      at.push(isPart);
      before.push(isPart);
    }
  }
  return { before, at: [...at, false] };
}

/** Sorted texts, each with the place of the longest other one that it begins with, or -1. */
interface Dictionary {
  texts: string[];
  within: number[];
  longest: number;
}

function dictionaryOf(values: readonly string[]): Dictionary {
  const texts = [...new Set(values)].sort();
  const within: number[] = [];
  for (const [at, text] of texts.entries()) {
    let candidate = at - 1;
    while (candidate >= 0 && !text.startsWith(texts[candidate] ?? ""))
      candidate = within[candidate] ?? -1;
    within.push(candidate);
  }
  return { texts, within, longest: texts.reduce((most, { length }) => Math.max(most, length), 0) };
}

/** The place of the last text that does not sort after `piece`: what `piece` begins with is it, or within it. */
function lastUpTo({ texts }: Dictionary, piece: string): number {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((texts[middle] ?? "") <= piece) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lengthAt(dictionary: Dictionary, text: string, from: number, parts: boolean[]): number {
  const piece = text.slice(from, from + dictionary.longest);
  for (let at = lastUpTo(dictionary, piece); at >= 0; at = dictionary.within[at] ?? -1) {
    const found = dictionary.texts[at] ?? "";
    if (!parts[from + found.length] && piece.startsWith(found)) return found.length;
  }
  return 0;
}

/**
 * Takes what a run learnt about a person out of texts that were written about the run: each value,
 * also as it stands in a URL, becomes its first sign. No pattern is made of the values: a thousand
 * of them, chosen for it, would hold up the server for half a minute.
 */
export function personalMask(run: TestRun): (text: string) => string {
  const values = personalValues(run).flatMap((value) => [value, encodeURIComponent(value)]);
  if (values.length === 0) return (text) => text;
  const dictionary = dictionaryOf(values.map(lowered));
  return (text) => {
    const plain = lowered(text);
    const { before, at } = wordParts(text);
    let masked = "";
    let kept = 0;
    for (let from = 0; from < text.length; from += 1) {
      const length = before[from] ? 0 : lengthAt(dictionary, plain, from, at);
      if (length === 0) continue;
      masked += text.slice(kept, from) + sampleOf(text.slice(from, from + length));
      kept = from + length;
      from = kept - 1;
    }
    return masked + text.slice(kept);
  };
}
