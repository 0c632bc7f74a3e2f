"use client";
import { Banner } from "@/components/ui/banner";
import { DECISION_LABELS, DECISIONS, type Decision } from "@/lib/policies/schema";
import { DECISION_MEANINGS } from "./selectors";

interface ActionChoiceProps {
  value: Decision;
  onChange: (decision: Decision) => void;
  disabled: boolean;
}

/** What happens to those who match. */
export function ActionChoice({ value, onChange, disabled }: ActionChoiceProps) {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="mb-1 font-medium">Action</legend>
      <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-4">
        {DECISIONS.map((decision, index) => (
          <label
            key={decision}
            className="flex items-start gap-2.5 rounded-md border border-control bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              id={index === 0 ? "decision" : undefined}
              type="radio"
              name="decision"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              value={decision}
              checked={value === decision}
              onChange={() => onChange(decision)}
            />
            <span className="min-w-0">
              <span className="font-medium">{DECISION_LABELS[decision]}</span>
              <span className="block text-muted">{DECISION_MEANINGS[decision]}</span>
            </span>
          </label>
        ))}
      </div>
      <div role="status" className="not-empty:mt-3">
        {value === "bypass" && (
          <Banner tone="danger" title="Bypass: not logged, no enforcement, anybody gets in">
            Whoever matches reaches the application without signing in, with no user, no token and
            no entry in the Access log. Use it for what is public anyway.
          </Banner>
        )}
      </div>
    </fieldset>
  );
}
