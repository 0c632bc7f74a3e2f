import { CircleCheck, CircleDot, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Tone = "neutral" | "success" | "warning" | "danger" | "info";

const LOOK = {
  neutral: { icon: CircleDot, box: "bg-sunken text-muted" },
  success: { icon: CircleCheck, box: "bg-success-soft text-success" },
  warning: { icon: TriangleAlert, box: "bg-warning-soft text-warning" },
  danger: { icon: CircleX, box: "bg-danger-soft text-danger" },
  info: { icon: Info, box: "bg-info-soft text-info" },
} as const;

/** A status in words; the icon repeats the tone for those who do not see the colour. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const { icon: Icon, box } = LOOK[tone];
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 align-middle font-medium text-xs",
        box,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children}
    </span>
  );
}
