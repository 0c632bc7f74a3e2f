import { isDeepStrictEqual } from "node:util";
import type { GroupInput, UserInput } from "../schema";

type Input = UserInput | GroupInput;

/** As the database gives it back: objects without a prototype become plain, what is undefined goes. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** Whether writing `next` over `before` would change nothing. */
export function sameInput<T extends Input>(before: T, next: T): boolean {
  const names = Object.keys(next) as (keyof T)[];
  return names.every((name) => isDeepStrictEqual(stored(next[name]), stored(before[name])));
}
