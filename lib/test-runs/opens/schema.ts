import type { Explanation } from "@/lib/policies/explanation";
import type { Admission } from "@/lib/policies/tester/admission";

/** One application, as the identity of a test run would find it. */
export interface Opening extends Admission {
  id: string;
  name: string;
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
