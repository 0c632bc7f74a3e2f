import type { Explanation } from "@/lib/policies/explanation";

/** Before any policy is asked. */
export type Bar = "disabled" | "login_method";

/** One application, as the identity of a test run would find it. */
export interface Opening {
  id: string;
  name: string;
  /** `maybe`: it depends on an address, a country or an external evaluation. */
  opens: "yes" | "no" | "maybe";
  bar: Bar | null;
  explanation: Explanation;
}

export interface Openings {
  /** Why nobody could sign in with this identity, wherever they go; null where they could. */
  problem: { message: string; fix: string } | null;
  total: number;
  opening: number;
  /** Those that would open first; the first hundred. */
  applications: Opening[];
}
