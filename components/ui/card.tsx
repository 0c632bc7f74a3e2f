import type { ReactNode } from "react";

interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Also makes the card a link target. */
  id?: string;
  children?: ReactNode;
}

/** Cards that follow each other keep their distance by themselves. */
export function Card({ title, description, actions, id, children }: CardProps) {
  return (
    <section id={id} className="rounded-lg border border-line bg-surface shadow-raised [&+&]:mt-5">
      {(title || actions) && (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4">
          <div className="min-w-0 flex-1">
            {title && <h2 className="font-semibold text-base leading-6">{title}</h2>}
            {description && <div className="mt-0.5 text-muted">{description}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      <div className="px-5 py-4 empty:pt-0">{children}</div>
    </section>
  );
}
