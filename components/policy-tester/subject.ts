import type { Failure, Result } from "@/lib/kit/result";
import type {
  TestedEntry,
  TestedEveryone,
  TestedPerson,
  TestSubject,
  TestWho,
} from "@/lib/policies/tester/schema";

export type {
  Difference,
  TestedEntry,
  TestedEveryone,
  TestedPerson,
  TestedPlace,
  TestedUser,
  TestSubject as TesterSubject,
  TestWho as TesterWho,
} from "@/lib/policies/tester/schema";

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
    subject: TestSubject;
    who: TestWho;
    place: TesterPlace;
  }) => Promise<Result<TestedPerson>>;
  testEveryone: (input: { subject: TestSubject }) => Promise<Result<TestedEveryone>>;
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

/** What the tester opens with: a past test, or somebody of the registry. */
export interface TesterFirst {
  by: "run" | "user";
  id: string;
}

export interface TesterData {
  loginMethods: readonly { id: string; name: string }[];
  runs: readonly TesterRun[];
  /** The test that it opens with; null for none in particular. */
  firstRun: string | null;
  /** The person that it opens with, and tests at once. */
  firstUser: FoundUser | null;
  /** The entry of the Access log that it opens with. */
  firstEntry: TestedEntry | null;
}

export interface PolicyTesterProps extends TesterData {
  /** What to test, taken when a test is asked for. Null while something in it is wrong. */
  subject: () => TestSubject | null;
  actions: TesterActions;
}

export const NOT_YET: Failure = {
  ok: false,
  code: "invalid_input",
  message: "There is a problem with what is on this page.",
  fix: "Correct it first: press Save to see what is wrong. Nothing is saved while it is.",
};
