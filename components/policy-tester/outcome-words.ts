import type { Tone } from "@/components/ui/badge";
import type { Explanation, Outcome } from "@/lib/policies/explanation";
import { barWords } from "@/lib/policies/tester/why";
import type { TestedPerson, TesterSubject } from "./subject";

interface Headline {
  tone: Tone;
  /** For the badge. */
  label: string;
  words: (who: string) => string;
}

/** What an application's policies mean for somebody. */
const APPLICATION: Record<Outcome, Headline> = {
  allow: { tone: "success", label: "In", words: (who) => `${who} gets in` },
  deny: { tone: "danger", label: "Out", words: (who) => `${who} is refused` },
  bypass: { tone: "warning", label: "In", words: (who) => `${who} gets in without signing in` },
  service_auth: {
    tone: "success",
    label: "In",
    words: (who) => `${who} gets in with a service token`,
  },
  no_match: {
    tone: "danger",
    label: "Out",
    words: (who) => `${who} is refused: no policy matches`,
  },
  sign_in: {
    tone: "neutral",
    label: "Not certain",
    words: (who) => `Not certain: it depends on what is not known of ${who}`,
  },
};

/** The same for one policy, whatever stands beside it. */
const POLICY: Record<Outcome, Headline> = {
  ...APPLICATION,
  allow: { ...APPLICATION.allow, words: (who) => `This policy lets ${who} in` },
  deny: { ...APPLICATION.deny, words: (who) => `This policy refuses ${who}` },
  bypass: {
    ...APPLICATION.bypass,
    words: (who) => `This policy lets ${who} in without signing in`,
  },
  no_match: {
    tone: "neutral",
    label: "No match",
    words: (who) => `This policy does not match ${who}`,
  },
};

/** A rule group lets nobody in by itself. */
const RULE_GROUP: Record<Outcome, Headline> = {
  ...POLICY,
  allow: { tone: "success", label: "Match", words: (who) => `This access group matches ${who}` },
  no_match: { ...POLICY.no_match, words: (who) => `This access group does not match ${who}` },
};

const HEADLINES = { application: APPLICATION, policy: POLICY, rule_group: RULE_GROUP };

/** What comes of a test of one person, whatever the policies say of somebody who is barred. */
export function headline(type: TesterSubject["type"], answer: TestedPerson) {
  const { admission, explanation, email, loginMethod } = answer;
  const open = admission?.opens === "maybe";
  const { tone, label, words } = HEADLINES[type][open ? "sign_in" : explanation.outcome];
  if (admission?.bar && admission.opens === "no") {
    const { tone: refused, label: out, words: isRefused } = APPLICATION.deny;
    const why = barWords(admission.bar, loginMethod);
    return { tone: refused, label: out, text: isRefused(email), bar: why };
  }
  return { tone, label, text: words(email), bar: null };
}

/** Which policy and rule decided, as a sentence; null where none did. */
export function decidedBy({ decidedBy: by }: Explanation): string | null {
  if (!by) return null;
  return by.rule ? `Decided by ${by.policyName}: ${by.rule}` : `Decided by ${by.policyName}`;
}
