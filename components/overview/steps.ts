import type { LastTested } from "@/lib/test-runs/schema";

export interface MethodState {
  id: string;
  name: string;
  kind: string;
  enabled: boolean;
  fingerprint: string;
  /** Of what is saved, if that was ever tested. */
  lastTest: LastTested | null;
}

export interface OverviewFacts {
  methods: readonly MethodState[];
  admins: number;
  /** Invitations that nobody has accepted yet. */
  invited: number;
  policies: number;
  applications: number;
}

export interface StepsDone {
  added: boolean;
  tested: boolean;
  allowed: boolean;
  protects: boolean;
  invited: boolean;
  /** The login method to test next, while none has passed. */
  toTest: MethodState | null;
}

const hasPassed = ({ lastTest }: MethodState): boolean =>
  lastTest?.status === "passed" || lastTest?.status === "passed_with_warnings";

/** How far an installation has come. A method tested in vain comes before one never tested. */
export function stepsDone(facts: OverviewFacts): StepsDone {
  const { methods, admins, invited, policies, applications } = facts;
  const tested = methods.some(hasPassed);
  const next = methods.find(({ lastTest }) => lastTest) ?? methods[0] ?? null;
  return {
    added: methods.length > 0,
    tested,
    allowed: policies > 0,
    protects: applications > 0,
    invited: admins + invited > 1,
    toTest: tested ? null : next,
  };
}
