const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** `at` and `now` are milliseconds since the epoch; answers words such as "3 hours ago". */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? "just now" : words.format(seconds, "second");
}

const format = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long", timeZone }).format(at);

/** The exact time in UTC, and in the reader's own zone where it is known. */
export const exactTime = (at: number, withLocal: boolean): string =>
  withLocal ? `${format(at, "UTC")} (${format(at)})` : format(at, "UTC");
