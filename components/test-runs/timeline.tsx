import {
  ChevronRight,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleX,
  LoaderCircle,
  TriangleAlert,
} from "lucide-react";
import { STEPS, type Step, type TraceStep } from "@/lib/oidc/schema";
import { ExchangeDetails } from "./exchange";
import { FactList } from "./fact-list";
import { duration, STEP_LABELS } from "./words";

const LOOK = {
  ok: { icon: CircleCheck, ink: "text-success", word: "Done" },
  warning: { icon: TriangleAlert, ink: "text-warning", word: "Done, with a warning" },
  failed: { icon: CircleX, ink: "text-danger", word: "Failed" },
  skipped: { icon: CircleMinus, ink: "text-muted", word: "Skipped" },
} as const;

function Reached({ entry, number }: { entry: TraceStep; number: number }) {
  const { icon: Icon, ink, word } = LOOK[entry.status];
  const hasMore = entry.facts.length > 0 || entry.exchanges.length > 0;
  return (
    <details className="group" open={entry.status === "failed" && hasMore}>
      <summary className="flex list-none items-start gap-3 rounded-md px-5 py-2.5 hover:bg-sunken/60">
        <Icon aria-hidden className={`mt-0.5 size-4.5 shrink-0 ${ink}`} />
        <span className="min-w-0 flex-1">
          <span className="font-medium">
            {number}. {STEP_LABELS[entry.step]}
            <span className="sr-only">: {word}.</span>
          </span>
          <span className="block break-words text-muted">{entry.summary}</span>
        </span>
        <span className="shrink-0 text-muted tabular-nums">{duration(entry.ms)}</span>
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
      </summary>
      <div className="grid gap-3 px-5 pt-1 pb-4 sm:pl-12.5">
        {entry.facts.length > 0 && <FactList facts={entry.facts} />}
        {entry.exchanges.map((exchange, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the exchanges of a step are only ever added to
          <ExchangeDetails key={index} exchange={exchange} />
        ))}
        {!hasMore && <p className="text-muted">There is nothing more to see about this step.</p>}
      </div>
    </details>
  );
}

type Pending = "active" | "later" | "never";
const PENDING_WORDS: Record<Pending, string> = {
  active: "In progress",
  later: "Not yet",
  never: "Not reached",
};

function NotReached({ step, number, state }: { step: Step; number: number; state: Pending }) {
  const active = state === "active";
  const Icon = active ? LoaderCircle : CircleDashed;
  return (
    <div className="flex items-start gap-3 px-5 py-2.5 text-muted">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4.5 shrink-0 ${active ? "animate-spin text-info" : ""}`}
      />
      <span className="flex-1">
        {number}. {STEP_LABELS[step]}
      </span>
      <span>{PENDING_WORDS[state]}</span>
    </div>
  );
}

/** The eight steps; `active` is the one that a live run is at. */
export function Timeline({ steps, active }: { steps: readonly TraceStep[]; active?: Step }) {
  const pending = (step: Step): Pending => {
    if (!active) return "never";
    return step === active ? "active" : "later";
  };
  return (
    <ol className="-mx-5 -my-4 divide-y divide-line">
      {STEPS.map((step, index) => {
        const entry = steps.find((done) => done.step === step);
        return (
          <li key={step}>
            {entry ? (
              <Reached entry={entry} number={index + 1} />
            ) : (
              <NotReached step={step} number={index + 1} state={pending(step)} />
            )}
          </li>
        );
      })}
    </ol>
  );
}
