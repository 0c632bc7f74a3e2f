import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface DisclosureProps {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}

export function Disclosure({ summary, open, children }: DisclosureProps) {
  return (
    <details open={open} className="group/disclosure">
      <summary className="flex min-h-8 list-none items-center gap-1.5 rounded-md py-1 font-medium hover:text-accent">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/disclosure:rotate-90"
        />
        <span className="min-w-0 flex-1">{summary}</span>
      </summary>
      <div className="pt-2 pb-1 pl-5.5">{children}</div>
    </details>
  );
}
