import { Check } from "lucide-react";

export const STEPS = ["Unlock", "Admin", "Team", "Check"] as const;

const LOOK = {
  done: "border-transparent bg-accent text-on-accent",
  current: "border-accent text-accent",
  ahead: "border-control text-muted",
};

/** Where in the set-up one is. */
export function Progress({ current }: { current: number }) {
  return (
    <ol aria-label="Steps of the set-up" className="my-6 grid grid-cols-4 gap-2">
      {STEPS.map((label, index) => {
        const state = index < current ? "done" : index === current ? "current" : "ahead";
        return (
          <li
            key={label}
            aria-current={state === "current" ? "step" : undefined}
            className="flex flex-col gap-1.5 sm:flex-row sm:items-center sm:gap-2"
          >
            <span
              aria-hidden
              className={`inline-flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs ${LOOK[state]}`}
            >
              {state === "done" ? <Check className="size-3.5" /> : index + 1}
            </span>
            <span className={state === "current" ? "font-semibold" : "text-muted"}>
              {label}
              {state === "done" && <span className="sr-only"> (done)</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
