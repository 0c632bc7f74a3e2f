"use client";
import { TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy";
import type { Connector, GuideStep } from "@/lib/connectors/definition";

/** This installation's own values. */
export interface Place {
  callbackUrl: string;
  teamDomain: string;
}

const keyOf = (connector: Connector) => `gatehouse.guide.${connector.kind}`;

/** Ticks of the steps, kept in this browser alone. */
export function useDoneSteps(connector: Connector) {
  const [done, setDone] = useState<readonly number[]>([]);
  const key = keyOf(connector);
  useEffect(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      if (Array.isArray(stored)) setDone(stored.filter((item) => typeof item === "number"));
    } catch {
      // No storage, or not ours: the ticks start afresh.
    }
  }, [key]);

  function toggle(index: number) {
    const next = done.includes(index) ? done.filter((item) => item !== index) : [...done, index];
    setDone(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A full or forbidden storage: the ticks last as long as the page.
    }
  }
  return { done, toggle };
}

const filled = (text: string, place: Place) =>
  text.replace(/\{(callbackUrl|teamDomain)\}/g, (_, name: keyof Place) => place[name]);

function Step({
  step,
  id,
  place,
  done,
  onToggle,
}: {
  step: GuideStep;
  id: string;
  place: Place;
  done: boolean;
  onToggle: () => void;
}) {
  const value = step.copy ? place[step.copy] : step.value;
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-start justify-between gap-2">
        <p id={id} className={classNames("font-medium", done && "text-muted line-through")}>
          {step.title}
        </p>
        <label className="flex min-h-6 shrink-0 items-center gap-1.5 text-muted text-xs">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={done}
            onChange={onToggle}
            aria-describedby={id}
          />
          Done
        </label>
      </div>
      <p className="mt-0.5 text-muted">{filled(step.body, place)}</p>
      {value && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          <code className="min-w-0 basis-full break-all rounded-sm bg-sunken px-2 py-1 font-mono text-[0.8125rem]">
            {value}
          </code>
          <CopyButton value={value} what={`the value of step ${step.title}`} />
        </div>
      )}
      {step.warning && (
        <p className="mt-1.5 flex gap-1.5 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {step.warning}
        </p>
      )}
    </div>
  );
}

interface GuidePanelProps {
  connector: Connector;
  place: Place;
  /** Keeps ids apart where the guide stands twice on a page. */
  name: string;
  steps: ReturnType<typeof useDoneSteps>;
}

/** What to do in the provider, with this installation's own values. */
export function GuidePanel({ connector, place, name, steps }: GuidePanelProps) {
  return (
    <ol className="space-y-4">
      {connector.guide.map((step, index) => (
        <li key={step.title} className="flex gap-3">
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken font-medium text-xs"
          >
            {index + 1}
          </span>
          <Step
            step={step}
            id={`${name}-step-${index + 1}`}
            place={place}
            done={steps.done.includes(index)}
            onToggle={() => steps.toggle(index)}
          />
        </li>
      ))}
    </ol>
  );
}
