import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

interface TableProps {
  /** What the table lists; read by screen readers. */
  label: string;
  /** Headings in order; an empty one is the column of row actions. */
  columns: string[];
  children: ReactNode;
}

/** A real table; where columns have no room, each row becomes a card whose values carry their column's name. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div className="@container overflow-hidden rounded-lg border border-line bg-surface shadow-raised">
      <table className="w-full border-collapse text-left @max-4xl:block">
        <caption className="sr-only">{label}</caption>
        <thead className="border-line border-b bg-sunken/60 @max-4xl:sr-only">
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
        <tbody className="divide-y divide-line @max-4xl:block">{children}</tbody>
      </table>
    </div>
  );
}

export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      className={classNames("relative hover:bg-sunken/40 @max-4xl:block @max-4xl:py-2", className)}
    />
  );
}

interface CellProps extends Omit<ComponentProps<"td">, "children"> {
  /** Name of the column, shown on cards; empty for the first and the actions cell. */
  label?: string;
  children?: ReactNode;
}

export function Cell({ label, className, children, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      data-label={label || undefined}
      className={classNames(
        "px-4 py-2.5 align-middle @max-4xl:flex @max-4xl:items-baseline @max-4xl:gap-3 @max-4xl:py-1 @max-4xl:data-label:before:w-28 @max-4xl:data-label:before:shrink-0 @max-4xl:data-label:before:text-muted @max-4xl:data-label:before:content-[attr(data-label)]",
        className,
      )}
    >
      {children}
    </td>
  );
}
