"use client";
import { Check, Copy } from "lucide-react";
import { useId } from "react";
import { useCopy } from "@/components/ui/use-copy";

/** The team name; a click copies it. */
export function TeamName({ name }: { name: string }) {
  const id = useId();
  const { state, copy } = useCopy(name, id);
  const Icon = state === "copied" ? Check : Copy;
  return (
    <button
      type="button"
      title="Copy the team name"
      onClick={copy}
      className="group/team -mx-1 inline-flex min-h-6 max-w-[calc(100%+0.5rem)] items-center gap-1.5 rounded-sm px-1 text-left text-muted text-xs hover:bg-sunken hover:text-ink"
    >
      <span className="sr-only">Copy team name </span>
      <span id={id} className="min-w-0 truncate font-mono">
        {name}
      </span>
      <Icon aria-hidden className="size-3 shrink-0" />
      <span role="status" className="sr-only">
        {state === "copied" && "Copied"}
      </span>
    </button>
  );
}
