/** One measured thing, beside a reference of the same run and what it may cost. */
export interface Measurement {
  what: string;
  value: number;
  unit: "ms" | "MB" | "KB" | "req/s";
  /** The same thing measured on something bare, in the same run. */
  reference?: { what: string; value: number };
  /** The most it may be. */
  budget?: number;
  /** The least share of the reference that it may be: for rates. */
  least?: number;
}

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

function verdict({ value, unit, reference, budget, least }: Measurement): [string, string] {
  const within = (fits: boolean) => (fits ? "within" : "**over**");
  if (budget !== undefined) return [`${number(budget)} ${unit}`, within(value <= budget)];
  if (least === undefined || !reference) return ["–", "–"];
  return [`≥ ${least.toFixed(2)} ×`, within(value / reference.value >= least)];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Measurements as a Markdown table. They are printed, never asserted: a busy machine is no bug. */
export function table(title: string, measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const { what, value, unit, reference } = measurement;
    return [
      what,
      `${number(value)} ${unit}`,
      reference ? `${number(reference.value)} ${unit} (${reference.what})` : "–",
      reference ? `${(value / reference.value).toFixed(2)} ×` : "–",
      ...verdict(measurement),
    ];
  });
  const lines = [
    ["what", "measured", "reference", "ratio", "budget", ""],
    ["---", "---", "---", "---", "---", "---"],
    ...rows,
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return `\n## ${title}\n\n${lines.join("\n")}\n`;
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
