/** Seconds between two clocks that tokens still bear. */
export const MAX_CLOCK_SKEW = 30;

/** `ahead` is the seconds by which this server is ahead of the database. */
export function clockWords(ahead: number): string {
  const seconds = Math.abs(ahead);
  if (seconds < 1) return "The server and the database agree to the second.";
  const way = ahead > 0 ? "ahead of" : "behind";
  return `This server is ${seconds.toFixed(1)} s ${way} the database.`;
}
