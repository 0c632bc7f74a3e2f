const DAY_MS = 24 * 3_600_000;
/** Days for which the address of a former team name leads to the one of today. */
export const FORMER_NAME_DAYS = 30;
const MOST_KEPT = 20;

interface FormerName {
  name: string;
  /** ISO 8601, UTC. */
  until: string;
}

/** The names that a team had, after it was given another one. A name that it takes back is none of them. */
export function withFormerName(
  former: readonly FormerName[],
  was: string | null,
  is: string,
  now = Date.now(),
): FormerName[] {
  const kept = former.filter(
    ({ name, until }) => Date.parse(until) > now && name !== is && name !== was,
  );
  const until = new Date(now + FORMER_NAME_DAYS * DAY_MS).toISOString();
  return (was ? [...kept, { name: was, until }] : kept).slice(-MOST_KEPT);
}
