import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const LOOK = {
  info: { icon: Info, box: "border-info/40 bg-info-soft", ink: "text-info" },
  success: { icon: CircleCheck, box: "border-success/40 bg-success-soft", ink: "text-success" },
  warning: { icon: TriangleAlert, box: "border-warning/40 bg-warning-soft", ink: "text-warning" },
  danger: { icon: CircleX, box: "border-danger/40 bg-danger-soft", ink: "text-danger" },
} as const;

interface BannerProps {
  tone: keyof typeof LOOK;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Something to know before going on. What appears after an act belongs in a live region around it. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  const { icon: Icon, box, ink } = LOOK[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={classNames("flex gap-3 rounded-lg border px-4 py-3", box)}
    >
      <Icon aria-hidden className={classNames("mt-0.5 size-4.5 shrink-0", ink)} />
      <div className="min-w-0 flex-1 break-words">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-0.5 text-ink [&_a]:underline">{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
