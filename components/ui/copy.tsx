"use client";
import { Check, Copy, TextCursorInput } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button, type ButtonSize } from "./button";
import { classNames } from "./class-names";
import { type CopyState, useCopy } from "./use-copy";

const ICONS: Record<CopyState, typeof Copy> = {
  idle: Copy,
  copied: Check,
  manual: TextCursorInput,
};
const SAID: Record<CopyState, string> = {
  idle: "",
  copied: "Copied",
  manual: "Selected. Press Control or Command and C to copy.",
};

const FACES: Partial<Record<CopyState, string>> = { copied: "Copied", manual: "Press Ctrl/⌘+C" };

function Face(props: { icon: typeof Copy; hidden?: boolean; children: ReactNode }) {
  const { icon: Icon, hidden, children } = props;
  return (
    <span
      aria-hidden={hidden}
      className={classNames(
        "col-start-1 row-start-1 inline-flex items-center justify-center gap-2",
        hidden && "invisible",
      )}
    >
      <Icon aria-hidden />
      <span>{children}</span>
    </span>
  );
}

interface CopyButtonProps {
  value: string;
  /** What the button says before it is pressed. */
  label?: string;
  /** Follows the label for screen readers, where several such buttons stand on one page. */
  what?: string;
  /** Element that shows the value; selected where the browser gives no clipboard (plain http). */
  targetId?: string;
  size?: ButtonSize;
}

export function CopyButton({ value, label = "Copy", what, targetId, size }: CopyButtonProps) {
  const { state, copy } = useCopy(value, targetId);
  return (
    <span className="inline-flex items-center gap-2">
      <Button onClick={copy} size={size} className="grid!">
        <Face icon={ICONS[state]}>
          {FACES[state] ?? label}
          {what && <span className="sr-only"> {what}</span>}
        </Face>
        {/* The wider of the two labels, so that the button keeps its width. */}
        <Face icon={Copy} hidden>
          {label.length > 6 ? label : "Copied"}
        </Face>
      </Button>
      {state === "manual" && !targetId && (
        <input
          readOnly
          value={value}
          aria-label="Value to copy"
          ref={(input) => input?.select()}
          className="control w-48 font-mono"
        />
      )}
      <span role="status" className="sr-only">
        {SAID[state]}
      </span>
    </span>
  );
}

interface CopyFieldProps {
  label: string;
  /** For a card whose title already says it. */
  labelHidden?: boolean;
  value: string;
  note?: ReactNode;
  id?: string;
}

/** A value of this installation that belongs in another system's form. */
export function CopyField({ label, labelHidden, value, note, id }: CopyFieldProps) {
  const own = useId();
  const base = id ?? own;
  return (
    <div id={id} className="min-w-0">
      <p className={labelHidden ? "sr-only" : "mb-1 font-medium"}>{label}</p>
      <div className="flex flex-wrap items-start gap-2 sm:flex-nowrap">
        <code
          id={`${base}-value`}
          className="min-h-9 min-w-0 basis-full break-all rounded-md border border-line bg-sunken px-2.5 py-2 font-mono text-[0.8125rem] leading-4.5 sm:basis-auto sm:flex-1"
        >
          {value}
        </code>
        <CopyButton value={value} what={label} targetId={`${base}-value`} />
      </div>
      {note && <div className="mt-1 max-w-prose text-muted [&_a]:underline">{note}</div>}
    </div>
  );
}
