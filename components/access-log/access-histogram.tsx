import { Disclosure } from "@/components/ui/disclosure";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AccessBar } from "@/lib/access-log/schema";
import { BarsDrawing } from "./bars-drawing";

const sum = (bars: readonly AccessBar[], side: "allowed" | "refused"): number =>
  bars.reduce((all, bar) => all + bar[side], 0);

/** How many were let in and refused over the range, as bars and as a table. */
export function AccessHistogram({ bars }: { bars: readonly AccessBar[] }) {
  const [first] = bars;
  const counted = bars.filter(({ allowed, refused }) => allowed + refused > 0);
  if (!first || counted.length === 0) return null;
  const words = `${sum(bars, "allowed").toLocaleString("en")} allowed, ${sum(bars, "refused").toLocaleString("en")} refused`;
  return (
    <figure className="mb-5 rounded-lg border border-line bg-surface px-4 py-3 shadow-raised">
      <figcaption className="mb-2 font-medium">{words}</figcaption>
      <BarsDrawing bars={bars} label={`${words} over this time; the table below has the numbers`} />
      <p className="mt-1 flex justify-between text-muted text-xs">
        <Time value={first.from} />
        <span>Now</span>
      </p>
      <Disclosure summary="As a table">
        <Table label="Allowed and refused over time" columns={["From", "Allowed", "Refused"]}>
          {counted.map(({ from, allowed, refused }) => (
            <Row key={from}>
              <Cell>
                <Time value={from} />
              </Cell>
              <Cell label="Allowed">{allowed.toLocaleString("en")}</Cell>
              <Cell label="Refused">{refused.toLocaleString("en")}</Cell>
            </Row>
          ))}
        </Table>
      </Disclosure>
    </figure>
  );
}
