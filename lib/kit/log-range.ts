import * as z from "zod";

/** How far back a log is asked, in minutes. */
export const LOG_RANGES = {
  "15m": 15,
  "1h": 60,
  "24h": 24 * 60,
  "7d": 7 * 24 * 60,
  "30d": 30 * 24 * 60,
} as const;
type LogRange = keyof typeof LOG_RANGES;
const NAMES = Object.keys(LOG_RANGES) as LogRange[];

/** In the query of a log's address; empty is the whole log, and so is anything odd. */
export const logRange = z
  .enum(["", ...NAMES])
  .default("")
  .catch("");

const WORDS: Record<LogRange, string> = {
  "15m": "Last 15 minutes",
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

/** For a filter. */
export const LOG_RANGE_OPTIONS = NAMES.map((value) => ({ value, label: WORDS[value] }));
