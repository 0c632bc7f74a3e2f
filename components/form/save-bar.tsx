"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { SubmitButton } from "./submit-button";

interface SaveBarProps {
  dirty: boolean;
  pending: boolean;
  /** Puts the saved values back; leave it out where there are none. */
  onDiscard?: () => void;
  /** What happened last, such as "Saved"; read out when it changes. */
  status?: ReactNode;
  /** What else is to know of unsaved changes. */
  note?: ReactNode;
  /** Stands beside the status where there is room; phones go without it. */
  aside?: ReactNode;
  /** Stands beside Save, such as a Test link. */
  children?: ReactNode;
}

/** The end of a form: it sticks to the bottom while there is something to save. Ctrl or Cmd and S saves. */
export function SaveBar({
  dirty,
  pending,
  onDiscard,
  status,
  note,
  aside,
  children,
}: SaveBarProps) {
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "s" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      if (!pending && !document.querySelector("dialog[open]")) {
        bar.current?.closest("form")?.requestSubmit();
      }
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [pending]);

  return (
    <div
      ref={bar}
      className={classNames(
        "mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-surface px-4 py-2.5",
        dirty
          ? "sticky bottom-[max(0.75rem,env(safe-area-inset-bottom))] z-10 border-edge shadow-floating"
          : "border-line",
      )}
    >
      <span role="status" className="min-w-0 flex-1 text-muted not-empty:basis-52">
        {dirty ? <>Unsaved changes{note && <> · {note}</>}</> : status}
      </span>
      {aside && <div className="max-sm:hidden">{aside}</div>}
      <div className="ml-auto flex max-w-full flex-wrap items-center justify-end gap-2">
        {children}
        {dirty && onDiscard && (
          <Button variant="ghost" disabled={pending} onClick={onDiscard}>
            Discard
          </Button>
        )}
        <SubmitButton pending={pending}>Save</SubmitButton>
      </div>
    </div>
  );
}
