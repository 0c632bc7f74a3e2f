"use client";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

interface FormSectionProps {
  /** Makes a folded section something that a link can lead to. */
  id?: string;
  number: number;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

function Heading({ number, title }: { number: number; title: string }) {
  return (
    <h2 className="flex items-center gap-2.5 font-semibold text-base leading-6">
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent text-xs"
      >
        {number}
      </span>
      {title}
    </h2>
  );
}

export function FormSection({ number, title, description, children }: FormSectionProps) {
  return (
    <section className="rounded-lg border border-line bg-surface shadow-raised">
      <div className="px-5 pt-4">
        <Heading number={number} title={title} />
        {description && <p className="mt-1 max-w-prose text-muted">{description}</p>}
      </div>
      <div className="space-y-5 px-5 py-4">{children}</div>
    </section>
  );
}

/** A section that opens by itself when something in it is set or wrong. */
export function FoldedSection({
  id,
  number,
  title,
  description,
  wanted,
  hasError,
  children,
}: FormSectionProps & {
  /** Whether it begins open. */
  wanted: boolean;
  hasError: boolean;
}) {
  const [open, setOpen] = useState(wanted);
  useEffect(() => {
    if (hasError) setOpen(true);
  }, [hasError]);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group/section rounded-lg border border-line bg-surface shadow-raised"
    >
      <summary
        id={id}
        className="flex list-none items-center gap-2 rounded-lg px-5 py-3.5 hover:bg-sunken/40"
      >
        <span className="min-w-0 flex-1">
          <Heading number={number} title={title} />
          {description && <span className="mt-0.5 block text-muted">{description}</span>}
        </span>
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/section:rotate-90"
        />
      </summary>
      <div className="space-y-5 border-line border-t px-5 py-4">{children}</div>
    </details>
  );
}
