import type { Failure, Result } from "@/lib/kit/result";
import type { TestedEveryone, TestedPerson } from "@/lib/policies/tester/schema";

export type { TestedEveryone, TestedPerson, TestedUser } from "@/lib/policies/tester/schema";

/** What is tested: as it stands on the page, whether it is saved or not. */
export type TesterSubject =
  /** One policy with these rules, as `policyInputSchema` takes it. `id` is null for a new one. */
  | { type: "policy"; id: string | null; values: unknown }
  /** The policies of an application, in this order. `id` is null for a new one. */
  | { type: "application"; id: string | null; policies: string[] };

export type TesterWho =
  | { by: "user"; userId: string }
  /** `claims` is the text of a JSON object. */
  | { by: "claims"; loginMethodId: string; claims: string }
  | { by: "run"; runId: string };

/** Where from; empty means that it is not known. */
export interface TesterPlace {
  ip: string;
  country: string;
}

export interface FoundUser {
  id: string;
  email: string;
  name: string | null;
  loginMethod: string;
}

export interface TesterActions {
  testPerson: (input: {
    subject: TesterSubject;
    who: TesterWho;
    place: TesterPlace;
  }) => Promise<Result<TestedPerson>>;
  testEveryone: (input: { subject: TesterSubject }) => Promise<Result<TestedEveryone>>;
  searchUsers: (input: { q: string }) => Promise<Result<FoundUser[]>>;
}

/** A past test that brought an identity. */
export interface TesterRun {
  id: string;
  email: string;
  loginMethod: string;
  /** ISO 8601, UTC. */
  at: string;
}

export interface TesterData {
  loginMethods: readonly { id: string; name: string }[];
  runs: readonly TesterRun[];
  /** The test that it opens with; null for none in particular. */
  first: string | null;
}

export interface PolicyTesterProps extends TesterData {
  /** What to test, taken when a test is asked for. Null while something in it is wrong. */
  subject: () => TesterSubject | null;
  actions: TesterActions;
}

export const NOT_YET: Failure = {
  ok: false,
  code: "invalid_input",
  message: "There is a problem with what is on this page.",
  fix: "Correct it first: press Save to see what is wrong. Nothing is saved while it is.",
};
