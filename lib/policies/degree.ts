import type { Verdict } from "./context";

/** Kleene's three values as numbers, so that OR is the greatest, AND the least, and NOT `HIT - x`. */
export type Degree = 0 | 1 | 2;
export const MISS = 0;
export const MAY = 1;
export const HIT = 2;

const VERDICTS = ["miss", "may", "hit"] as const;
export const verdictOf = (degree: Degree): Verdict => VERDICTS[degree];
export const not = (degree: Degree): Degree => (HIT - degree) as Degree;
