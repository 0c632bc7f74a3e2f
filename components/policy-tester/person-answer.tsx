"use client";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import type { Failure } from "@/lib/kit/result";
import { ExplanationView } from "./explanation-view";
import { decidedBy, headline } from "./outcome-words";
import { PersonPlaces } from "./person-places";
import type { TestedPerson, TesterSubject } from "./subject";

interface PersonAnswerProps {
  type: TesterSubject["type"];
  answer: TestedPerson | null;
  failure: Failure | null;
  pending: boolean;
}

export function TestFailure({ failure }: { failure: Failure }) {
  const issues = Object.values(failure.fields ?? {}).flatMap((messages) => messages ?? []);
  return (
    <Banner tone="danger" title={failure.message}>
      {failure.fix}
      {issues.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {[...new Set(issues)].map((issue) => (
            <li key={issue}>{issue}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

function Answer({ type, answer }: { type: TesterSubject["type"]; answer: TestedPerson }) {
  const { explanation, name, loginMethod, notes } = answer;
  const { tone, label, text, bar } = headline(type, answer);
  const by = bar ?? (type === "rule_group" ? null : decidedBy(explanation));
  return (
    <div className="grid gap-3">
      <div>
        <p className="flex flex-wrap items-center gap-2 font-semibold text-base">
          <Badge tone={tone}>{label}</Badge>
          <span className="min-w-0 break-words">{text}</span>
        </p>
        <p className="break-words text-muted">
          {name && `${name}, `}signed in with {loginMethod}.{by && ` ${by.replace(/\.$/, "")}.`}
        </p>
      </div>
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
      {type !== "application" && <PersonPlaces answer={answer} />}
      {bar && <p className="text-muted">Without that, the policies would come to this:</p>}
      <ExplanationView explanation={explanation} asRules={type === "rule_group"} />
    </div>
  );
}

/** What came of testing one person; the headline is read out. */
export function PersonAnswer({ type, answer, failure, pending }: PersonAnswerProps) {
  return (
    <div aria-busy={pending} className="not-empty:mt-5">
      {failure && <TestFailure failure={failure} />}
      {answer && <Answer type={type} answer={answer} />}
      <span role="status" className="sr-only">
        {!pending && answer && headline(type, answer).text}
      </span>
    </div>
  );
}
