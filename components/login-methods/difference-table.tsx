import { Fragment, type ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

export interface DifferenceRow {
  name: string;
  label: string;
  current: string;
  published: string;
  /** Said below the row, in red. */
  warning?: string | undefined;
  actions: ReactNode;
}

const CELL = "py-1.5 pr-3 align-top @max-md:block @max-md:py-0.5";

function Value({ label, text }: { label: string; text: string }) {
  return (
    <td className={CELL}>
      <span className="mr-2 text-muted text-xs @md:sr-only">{label}</span>
      <code className="break-all font-mono text-[0.8125rem]">{text}</code>
    </td>
  );
}

interface DifferenceTableProps {
  /** Read by screen readers. */
  caption: string;
  /** Heading of what the provider says. */
  published: string;
  rows: readonly DifferenceRow[];
}

/** Side by side: what the form holds, and what the provider publishes. */
export function DifferenceTable({ caption, published, rows }: DifferenceTableProps) {
  return (
    <div className="@container rounded-md border border-line bg-canvas px-3 py-1.5">
      <table className="w-full border-collapse text-left @max-md:block">
        <caption className="sr-only">{caption}</caption>
        <thead className="@max-md:sr-only">
          <tr className="text-muted text-xs">
            <th scope="col" className="w-32 py-1.5 pr-3 font-medium">
              Field
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Current
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              {published}
            </th>
            <th scope="col" className="w-16">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line @max-md:block">
          {rows.map(({ name, label, current, published: found, warning, actions }) => (
            <Fragment key={name}>
              <tr className={classNames("@max-md:block @max-md:pt-2", warning && "border-b-0")}>
                <th
                  scope="row"
                  className={classNames(CELL, "font-medium", warning && "text-danger")}
                >
                  {label}
                </th>
                <Value label="Current" text={current} />
                <Value label={published} text={found} />
                <td className="py-1.5 text-right align-top @max-md:block @max-md:text-left">
                  <span className="inline-flex flex-wrap justify-end gap-2">{actions}</span>
                </td>
              </tr>
              {warning && (
                <tr className="@max-md:block">
                  <td colSpan={4} className="pb-2 text-danger @max-md:block">
                    {warning}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
