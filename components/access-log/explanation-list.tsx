import { CircleCheck, CircleHelp, CircleMinus, CircleX } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Explanation, PolicyExplanation, RuleExplanation } from "@/lib/policies/explanation";
import { DECISION_LABELS } from "@/lib/policies/schema";

const VERDICTS = {
  hit: { icon: CircleCheck, ink: "text-success", word: "Applies" },
  miss: { icon: CircleX, ink: "text-danger", word: "Does not apply" },
  may: { icon: CircleHelp, ink: "text-warning", word: "Cannot be known yet" },
} as const;

const POLICY_VERDICTS: Record<PolicyExplanation["verdict"], { tone: Tone; word: string }> = {
  hit: { tone: "success", word: "Matched" },
  miss: { tone: "neutral", word: "Did not match" },
  may: { tone: "warning", word: "May match" },
  not_reached: { tone: "neutral", word: "Not reached" },
};

const SETS = [
  ["include", "Include", "one must apply"],
  ["require", "Require", "all must apply"],
  ["exclude", "Exclude", "none may apply"],
] as const;

function Rules({ name, note, rules }: { name: string; note: string; rules: RuleExplanation[] }) {
  return (
    <div>
      <p className="font-medium">
        {name} <span className="font-normal text-muted">({note})</span>
      </p>
      <ul className="mt-1 space-y-1">
        {rules.map(({ label, verdict, note: why }, index) => {
          const { icon: Icon, ink, word } = VERDICTS[verdict];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rules of an explanation never move
            <li key={index} className="flex items-start gap-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
              <span className="min-w-0 break-words">
                {label}
                <span className="sr-only">: {word}.</span>
                {why && <span className="block text-muted">{why}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function PolicyVerdict({ policy, number }: { policy: PolicyExplanation; number: number }) {
  const { tone, word } = POLICY_VERDICTS[policy.verdict];
  const sets = SETS.filter(([set]) => policy[set].length > 0);
  return (
    <li className="rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 break-words font-medium">
          {number}. {policy.name}
        </span>
        <span className="text-muted">{DECISION_LABELS[policy.decision]}</span>
        <Badge tone={tone}>{word}</Badge>
      </div>
      {policy.verdict === "not_reached" ? (
        <p className="mt-1 flex items-center gap-2 text-muted">
          <CircleMinus aria-hidden className="size-4 shrink-0" />
          An earlier policy had decided.
        </p>
      ) : (
        <div className="mt-2 grid gap-3 sm:grid-cols-3">
          {sets.map(([set, name, note]) => (
            <Rules key={set} name={name} note={note} rules={policy[set]} />
          ))}
        </div>
      )}
    </li>
  );
}

/** Every policy in the order of evaluation, with the verdict of each rule. */
export function ExplanationList({ explanation }: { explanation: Explanation }) {
  if (explanation.policies.length === 0) {
    return <p className="text-muted">The application had no policy, so nobody could get in.</p>;
  }
  return (
    <ol className="space-y-3">
      {explanation.policies.map((policy, index) => (
        <PolicyVerdict key={policy.id} policy={policy} number={index + 1} />
      ))}
    </ol>
  );
}
