import { duration } from "../duration";
import { finding } from "./finding";
import type { Probe } from "./probe";
import type { Check } from "./schema";

const NOTABLE_S = 5;
const MOST_TOLERANCE_S = 300;
/** Whole seconds in the header, and the time of the way. */
const IMPRECISION_S = 2;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The next ten seconds above, with room for the clocks to drift on. */
const roomFor = (seconds: number): number => Math.ceil((seconds + 10) / 10) * 10;

/** The provider's clock against ours. The Token URL counts most: what answers there dates the tokens. */
export function checkClock({ run, clock }: Probe): Check {
  const { tokenUrl, clockTolerance } = run.connection;
  const fromToken = clock.filter(({ url }) => url === tokenUrl);
  const samples = fromToken.length > 0 ? fromToken : clock;
  const did = `Compared the Date of ${samples.length === 1 ? "one answer" : `${samples.length} answers`} with the clock of this server.`;
  if (samples.length === 0) {
    const title = "The provider's clock is not known";
    return finding({ id: "clock", status: "unknown", title, did, found: "No answer had a Date." });
  }
  const ahead = median(samples.map((sample) => sample.ahead)) / 1000;
  const seconds = Math.round(Math.abs(ahead));
  const where = `The provider's clock is ${duration(seconds)} ${ahead > 0 ? "ahead of" : "behind"} this server's.`;
  const about = { id: "clock", did, field: "clock_tolerance" };
  const tooFar = seconds > Math.max(clockTolerance, IMPRECISION_S);
  if (!tooFar && seconds <= NOTABLE_S) {
    const title = "The clocks agree";
    return finding({ ...about, status: "ok", title, found: "They differ by 5 seconds at most." });
  }
  const wanted = roomFor(seconds);
  const remedies =
    tooFar && wanted <= MOST_TOLERANCE_S
      ? [{ label: `Set clock tolerance to ${wanted} s`, set: { clock_tolerance: wanted } }]
      : [];
  return finding({
    ...about,
    status: tooFar ? "failed" : "warning",
    title: tooFar ? "The clocks differ by more than the clock tolerance" : "The clocks differ",
    found: `${where} The tolerance is ${clockTolerance} s. Let both servers set their clocks by NTP.`,
    remedies,
  });
}
