import "server-only";
import type { DataPlane } from "@/lib/kit/data-plane";
import { log } from "@/lib/kit/log";
import type { ReportCollector } from "./collect";
import { saveProxyReports } from "./store";

const EVERY_MS = 5000;
const MINUTE_MS = 60_000;

/**
 * Writes what was gathered every few seconds. What could not be written is lost, and is gathered
 * again for as long as the proxy asks wrongly. Answers a function that stops it after a last writing.
 */
export function flushReports(
  dataPlane: DataPlane,
  collector: ReportCollector,
  everyMs = EVERY_MS,
): () => Promise<void> {
  let warned = 0;
  const flush = async (): Promise<void> => {
    try {
      await saveProxyReports(dataPlane, collector.take());
    } catch (err) {
      if (Date.now() - warned < MINUTE_MS) return;
      warned = Date.now();
      log.warn({ err }, "reports about proxies were not written");
    }
  };
  const timer = setInterval(() => void flush(), everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flush();
  };
}
