import type { Connector } from "@/lib/connectors/definition";
import { classNames } from "./class-names";

const HUES: Record<Connector["tile"]["hue"], string> = {
  blue: "bg-hue-blue",
  indigo: "bg-hue-indigo",
  violet: "bg-hue-violet",
  rose: "bg-hue-rose",
  orange: "bg-hue-orange",
  teal: "bg-hue-teal",
  green: "bg-hue-green",
  slate: "bg-hue-slate",
};

const SIZES = { sm: "size-7 rounded-md text-[0.6875rem]", md: "size-10 rounded-lg text-sm" };

/** The neutral mark of a provider. Decoration: its name always stands beside it. */
export function Tile({ tile, size = "md" }: { tile: Connector["tile"]; size?: "sm" | "md" }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "inline-flex shrink-0 items-center justify-center border border-transparent font-semibold text-white tracking-tight",
        SIZES[size],
        HUES[tile.hue],
      )}
    >
      {tile.monogram}
    </span>
  );
}
