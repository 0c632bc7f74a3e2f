import type { Misread } from "../front-ends/read-question";
import type { NewProxyReport } from "./schema";

/** Different reports between two writings. What more there is counts without its address and host. */
const MOST = 100;

export interface ReportCollector {
  add(problem: Misread & { peer: string | null }): void;
  /** Everything since the last time, and forgets it. */
  take(): NewProxyReport[];
}

/**
 * Gathers what proxies do wrong. Neither a stranger's addresses nor hosts that it makes up can make
 * it grow: a host is kept only when `isKnownHost` says so.
 */
export function collectReports(
  isKnownHost: (host: string) => boolean,
  now: () => number = Date.now,
): ReportCollector {
  let reports = new Map<string, NewProxyReport>();

  const find = (given: Omit<NewProxyReport, "count" | "firstAt" | "lastAt">): NewProxyReport => {
    const { frontEnd, problem, peer, host, detail } = given;
    const key = [frontEnd, problem, peer, host, detail].join("\n");
    const known = reports.get(key);
    if (known) return known;
    if (reports.size >= MOST && (peer !== null || host !== null || detail !== "")) {
      return find({ frontEnd, problem, peer: null, host: null, detail: "" });
    }
    const made = { ...given, count: 0, firstAt: now(), lastAt: now() };
    reports.set(key, made);
    return made;
  };

  return {
    add({ frontEnd, problem, peer, host, detail }) {
      const kept = host !== null && isKnownHost(host) ? host : null;
      const report = find({ frontEnd, problem, peer, host: kept, detail });
      report.count += 1;
      report.lastAt = now();
    },
    take() {
      const all = [...reports.values()];
      reports = new Map();
      return all;
    },
  };
}
