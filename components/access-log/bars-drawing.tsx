"use client";
import type { AccessBar } from "@/lib/access-log/schema";

/** Units of the drawing; the page stretches it. */
const HEIGHT = 48;
const STEP = 10;
const WIDTH = 8;

/** What is there can be seen, however little of the whole it is. */
const heightOf = (times: number, most: number): number =>
  times === 0 ? 0 : Math.max(2, (times / most) * HEIGHT);

const box = (at: number, bottom: number, height: number): string =>
  height === 0 ? "" : `M${at * STEP} ${bottom}h${WIDTH}v${-height}h${-WIDTH}z`;

interface BarsDrawingProps {
  bars: readonly AccessBar[];
  /** The numbers in words. */
  label: string;
}

/**
 * Those refused stand on those let in. A client component: what the server streams in pieces from
 * within an SVG, React hides by a style attribute, which the Content Security Policy refuses.
 */
export function BarsDrawing({ bars, label }: BarsDrawingProps) {
  const most = Math.max(...bars.map(({ allowed, refused }) => allowed + refused));
  const drawn = bars.map(({ allowed, refused }, at) => {
    const height = heightOf(allowed, most);
    return {
      base: box(at, HEIGHT + 1, 1),
      allowed: box(at, HEIGHT, height),
      refused: box(at, HEIGHT - height, heightOf(refused, most)),
    };
  });
  const all = (part: "base" | "allowed" | "refused") => drawn.map((bar) => bar[part]).join("");
  return (
    <svg
      viewBox={`0 -4 ${bars.length * STEP} ${HEIGHT + 5}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="h-14 w-full"
    >
      <path d={all("base")} className="fill-line" />
      <path d={all("allowed")} className="fill-success opacity-60" />
      <path d={all("refused")} className="fill-danger" />
    </svg>
  );
}
