import { parseDuration } from "@/lib/kit/duration";

/** What Cloudflare's dashboard offers. */
export const DURATIONS: readonly { value: string; label: string }[] = [
  { value: "15m", label: "15 minutes" },
  { value: "30m", label: "30 minutes" },
  { value: "1h", label: "1 hour" },
  { value: "6h", label: "6 hours" },
  { value: "12h", label: "12 hours" },
  { value: "24h", label: "24 hours" },
  { value: "168h", label: "1 week" },
  { value: "336h", label: "2 weeks" },
  { value: "730h", label: "1 month" },
];

/** A duration in the words of the list, whatever its spelling; else as it is written. */
export const durationWords = (text: string): string =>
  DURATIONS.find(({ value }) => parseDuration(value) === parseDuration(text))?.label ?? text;
