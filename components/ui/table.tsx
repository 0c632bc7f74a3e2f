import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

interface TableProps {
  /** What the table lists; read by screen readers. */
  label: string;
  /** Headings in order; an empty one is the column of row actions. */
  columns: string[];
  children: ReactNode;
}

/** A real table; below 768 px each row becomes a card whose values carry their column's name. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      <table className="w-full border-collapse text-left max-md:block">
        <caption className="sr-only">{label}</caption>
        <thead className="border-line border-b bg-sunken/60 max-md:sr-only">
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="whitespace-nowrap px-4 py-2 font-medium text-muted text-xs"
              >
                {column || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block">{children}</tbody>
      </table>
    </div>
  );
}

export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={classNames("relative hover:bg-sunken/40 max-md:block max-md:py-2", className)}
    />
  );
}

interface CellProps extends Omit<ComponentProps<"td">, "children"> {
  /** Name of the column, shown on phones; empty for the first and the actions cell. */
  label?: string;
  children?: ReactNode;
}

export function Cell({ label, className, children, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      data-label={label || undefined}
      className={classNames(
        "px-4 py-2.5 align-middle max-md:flex max-md:items-baseline max-md:gap-3 max-md:py-1 max-md:data-label:before:w-28 max-md:data-label:before:shrink-0 max-md:data-label:before:text-muted max-md:data-label:before:content-[attr(data-label)]",
        className,
      )}
    >
      {children}
    </td>
  );
}
