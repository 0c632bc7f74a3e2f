import { coversHost, findApplication, onlyApplication } from "./host-index";
import { isPlainPath, pathReadings } from "./path-readings";
import type { GateApplication, Snapshot } from "./snapshot";

/** The application that a request is for, or why there is none. */
export type Target =
  | { application: GateApplication }
  | { application: null; why: "unknown_host" | "ambiguous_path" };

const UNKNOWN: Target = { application: null, why: "unknown_host" };
const AMBIGUOUS: Target = { application: null, why: "ambiguous_path" };

/** A request target without its query and fragment. */
export const pathOf = (target: string): string => {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
};

/**
 * Which application a request is for. `target` is path and query as the proxy received them. Where
 * different readings of the path lead to different applications it is ambiguous: the gate might judge
 * by one and the application behind the proxy read another (reference: peers.md §5, class 4). Query
 * and fragment never count.
 */
export function applicationAt(
  snapshot: Pick<Snapshot, "hosts">,
  host: string,
  target: string,
): Target {
  const only = onlyApplication(snapshot, host);
  if (only) return { application: only };
  const path = pathOf(target);
  if (isPlainPath(path)) {
    const application = findApplication(snapshot, host, path);
    return application ? { application } : UNKNOWN;
  }
  // Strangers invent hosts without end, and readings cost.
  if (!coversHost(snapshot, host)) return UNKNOWN;
  const readings = pathReadings(path);
  if (!readings) return AMBIGUOUS;
  let application: GateApplication | null | undefined;
  for (const reading of readings) {
    const found = findApplication(snapshot, host, reading);
    if (application === undefined) application = found;
    else if (application !== found) return AMBIGUOUS;
  }
  return application ? { application } : UNKNOWN;
}
