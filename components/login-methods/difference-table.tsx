"use client";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { Difference } from "./discovery-plan";
import { useParts } from "./parts";

const CELL = "py-1.5 pr-3 align-top @max-md:block @max-md:py-0.5";

function Value({ label, text }: { label: string; text: string }) {
  return (
    <td className={CELL}>
      <span className="mr-2 text-muted text-xs @md:sr-only">{label}</span>
      <code className="break-all font-mono text-[0.8125rem]">{text}</code>
    </td>
  );
}

/** Side by side: what the form holds, and what the provider publishes. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const { discovery } = useParts();
  return (
    <div className="@container rounded-md border border-line bg-canvas px-3 py-1.5">
      <table className="w-full border-collapse text-left @max-md:block">
        <caption className="sr-only">Values that differ from discovery</caption>
        <thead className="@max-md:sr-only">
          <tr className="text-muted text-xs">
            <th scope="col" className="w-28 py-1.5 pr-3 font-medium">
              Field
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              Current
            </th>
            <th scope="col" className="py-1.5 pr-3 font-medium">
              From discovery
            </th>
            <th scope="col" className="w-16">
              <span className="sr-only">Use</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line @max-md:block">
          {differences.map(({ name, label, current, found, value, severe }) => (
            <tr key={name} className="@max-md:block @max-md:py-2">
              <th scope="row" className={classNames(CELL, "font-medium", severe && "text-danger")}>
                {label}
                {severe && (
                  <span className="block font-normal">Tokens would fail the iss check.</span>
                )}
              </th>
              <Value label="Current" text={current} />
              <Value label="From discovery" text={found} />
              <td className="py-1.5 text-right align-top @max-md:block @max-md:text-left">
                <Button onClick={() => discovery.session.use(name, value)}>
                  Use<span className="sr-only"> the {label} from discovery</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
