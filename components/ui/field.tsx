import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

export interface FieldAria {
  id: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

interface FieldProps {
  id: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string;
  optional?: boolean;
  /** Stands behind the label, such as "From discovery". */
  badge?: ReactNode;
  children: (aria: FieldAria) => ReactNode;
}

/** Label, control, help and error, tied together for assistive technology. */
export function Field({ id, label, help, error, optional, badge, children }: FieldProps) {
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="min-w-0">
      <div className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1">
        <label htmlFor={id} className="font-medium">
          {label}
          {optional && <span className="font-normal text-muted"> (optional)</span>}
        </label>
        {badge}
      </div>
      {children({
        id,
        ...(error && { "aria-invalid": true }),
        ...(described && { "aria-describedby": described }),
      })}
      {error && (
        <p id={`${id}-error`} className="mt-1 flex gap-1.5 font-medium text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
      {help && (
        <div id={`${id}-help`} className="mt-1 max-w-prose text-muted [&_a]:underline">
          {help}
        </div>
      )}
    </div>
  );
}
