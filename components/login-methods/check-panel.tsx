"use client";
import { CircleX, Info, LoaderCircle } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Failure } from "@/lib/kit/result";
import { CheckList } from "./check-list";
import { useParts } from "./parts";
import { type CheckState, useCheck } from "./use-check";

function Problem({ failure }: { failure: Failure }) {
  return (
    <span className="flex gap-1.5 text-danger">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        {failure.message} {failure.fix} {failure.ref && `Reference: ${failure.ref}`}
      </span>
    </span>
  );
}

/** What the live region says. */
function Words({ state }: { state: CheckState }) {
  switch (state.name) {
    case "running":
      return (
        <span className="flex gap-1.5 text-muted">
          <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin" />
          Asking your provider. This takes 30 seconds at most.
        </span>
      );
    case "cancelled":
      return <span className="text-muted">The check was cancelled.</span>;
    case "incomplete":
      return (
        <span className="flex gap-1.5 text-warning">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          Nothing was asked yet: some fields have to be filled in first.
        </span>
      );
    case "failed":
      return <Problem failure={state.failure} />;
    case "done":
      return <span className="font-medium">{state.report.summary}</span>;
  }
}

function focusField(name: string): void {
  const field = document.getElementById(`config.${name}`);
  for (let fold = field?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    fold.open = true;
  }
  field?.focus();
}

/** Links to the fields that keep a check from beginning. */
function OpenFields() {
  const { connector, errors } = useParts();
  const open = connector.fields.filter(({ name }) => errors.config[name]);
  return (
    <ul className="list-disc space-y-1 pl-5">
      {open.map(({ name, label }) => (
        <li key={name}>
          <a
            href={`#config.${name}`}
            className="underline"
            onClick={(event) => {
              event.preventDefault();
              focusField(name);
            }}
          >
            {label}: {errors.config[name]}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface CheckPanelProps {
  /** How often a check was asked for. */
  asked: number;
  onRunning: (running: boolean) => void;
}

/** A check of the form as it stands: under way, or what it found. */
export default function CheckPanel({ asked, onRunning }: CheckPanelProps) {
  const { state, isOld, cancel, apply } = useCheck(asked, onRunning);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p role="status" className="min-w-0">
          <Words state={state} />
        </p>
        {state.name === "running" && (
          <Button size="sm" onClick={cancel}>
            Cancel<span className="sr-only"> the check</span>
          </Button>
        )}
      </div>
      {state.name === "incomplete" && <OpenFields />}
      {isOld && (
        <p className="text-muted">The form has changed since. Check again to see what it means.</p>
      )}
      {state.name === "done" && (
        <CheckList checks={state.report.checks} onApply={apply} onField={focusField} />
      )}
    </div>
  );
}
