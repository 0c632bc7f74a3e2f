import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { DECISION_TONES } from "@/components/policies/policy-words";
import { Badge, type Tone } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import type { Explanation, PolicyExplanation, RuleExplanation } from "@/lib/policies/explanation";
import { DECISION_LABELS, RULE_SETS } from "@/lib/policies/schema";

const VERDICTS = {
  hit: { icon: CircleCheck, ink: "text-success", words: "Matches" },
  miss: { icon: CircleX, ink: "text-danger", words: "Does not match" },
  may: { icon: CircleHelp, ink: "text-warning", words: "Not known" },
} as const;

const POLICY_VERDICTS: Record<PolicyExplanation["verdict"], { tone: Tone; words: string }> = {
  hit: { tone: "success", words: "Matches" },
  miss: { tone: "neutral", words: "Does not match" },
  may: { tone: "warning", words: "May match" },
  not_reached: { tone: "neutral", words: "Not reached" },
};

const SET_WORDS = { include: "Include (or)", require: "Require (and)", exclude: "Exclude (not)" };

function RuleLine({ rule }: { rule: RuleExplanation }) {
  const { icon: Icon, ink, words } = VERDICTS[rule.verdict];
  return (
    <li className="flex gap-1.5">
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", ink)} />
      <span className="min-w-0 break-words">
        <span className="sr-only">{words}: </span>
        {rule.label}
        {rule.note && <span className="block text-muted">{rule.note}</span>}
      </span>
    </li>
  );
}

interface PolicyLineProps {
  policy: PolicyExplanation;
  decided: boolean;
  asRules: boolean;
}

function PolicyLine({ policy, decided, asRules }: PolicyLineProps) {
  const { tone, words } = POLICY_VERDICTS[policy.verdict];
  return (
    <li
      className={classNames(
        "rounded-md border px-3 py-2.5",
        decided ? "border-accent bg-accent-soft/40" : "border-line",
      )}
    >
      <p className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 break-words font-medium">{policy.name}</span>
        {!asRules && (
          <Badge tone={DECISION_TONES[policy.decision]}>{DECISION_LABELS[policy.decision]}</Badge>
        )}
        <Badge tone={tone}>{words}</Badge>
        {decided && <span className="font-medium text-accent">This one decided</span>}
      </p>
      {policy.verdict === "not_reached" ? (
        <p className="mt-1 text-muted">A policy before it had decided.</p>
      ) : (
        <div className="mt-2 grid gap-3 sm:grid-cols-3">
          {RULE_SETS.filter((set) => policy[set].length > 0).map((set) => (
            <div key={set} className="min-w-0">
              <p className="mb-1 font-medium text-muted text-xs">{SET_WORDS[set]}</p>
              <ul className="grid gap-1">
                {policy[set].map((rule, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the rules of an answer never move
                  <RuleLine key={index} rule={rule} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </li>
  );
}

interface ExplanationViewProps {
  explanation: Explanation;
  /** Of an access group, which decides nothing by itself. */
  asRules?: boolean;
}

/** Every policy in the order of evaluation, rule by rule. */
export function ExplanationView({ explanation, asRules = false }: ExplanationViewProps) {
  const { policies, decidedBy } = explanation;
  if (policies.length === 0) {
    return <p className="text-muted">There is no policy, so nobody gets in.</p>;
  }
  return (
    <ol
      aria-label={asRules ? "Rules" : "Policies in the order of evaluation"}
      className="grid gap-2"
    >
      {policies.map((policy) => (
        <PolicyLine
          key={policy.id}
          policy={policy}
          decided={!asRules && decidedBy?.policyId === policy.id}
          asRules={asRules}
        />
      ))}
    </ol>
  );
}
