import type { Tone } from "@/components/ui/badge";
import type { Explanation, Outcome } from "@/lib/policies/explanation";
import type { TesterSubject } from "./subject";

/** What an application's policies mean for somebody. */
const APPLICATION: Record<Outcome, { tone: Tone; words: (who: string) => string }> = {
  allow: { tone: "success", words: (who) => `${who} gets in` },
  deny: { tone: "danger", words: (who) => `${who} is refused` },
  bypass: { tone: "warning", words: (who) => `${who} gets in without signing in` },
  service_auth: { tone: "success", words: (who) => `${who} gets in with a service token` },
  no_match: { tone: "danger", words: (who) => `${who} is refused: no policy matches` },
  sign_in: {
    tone: "neutral",
    words: (who) => `Not certain: it depends on what is not known of ${who}`,
  },
};

/** The same for one policy, whatever stands beside it. */
const POLICY: Record<Outcome, { tone: Tone; words: (who: string) => string }> = {
  ...APPLICATION,
  allow: { tone: "success", words: (who) => `This policy lets ${who} in` },
  deny: { tone: "danger", words: (who) => `This policy refuses ${who}` },
  bypass: { tone: "warning", words: (who) => `This policy lets ${who} in without signing in` },
  no_match: { tone: "neutral", words: (who) => `This policy does not match ${who}` },
};

export function headline(type: TesterSubject["type"], outcome: Outcome, who: string) {
  const { tone, words } = (type === "policy" ? POLICY : APPLICATION)[outcome];
  return { tone, text: words(who) };
}

/** Which policy and rule decided, as a sentence; null where none did. */
export function decidedBy({ decidedBy: by }: Explanation): string | null {
  if (!by) return null;
  return by.rule ? `Decided by ${by.policyName}: ${by.rule}` : `Decided by ${by.policyName}`;
}
