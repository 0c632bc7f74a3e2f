import "server-only";
import { findConnector } from "@/lib/connectors";
import type { Viewer } from "@/lib/kit/actor";
import { AppError } from "@/lib/kit/errors";
import { version } from "@/package.json";
import { settingsOfRun } from "../compare/store";
import { getTestRun } from "../store";
import { harReport } from "./har";
import { markdownReport } from "./markdown";
import type { ReportSubject } from "./subject";

export const REPORT_FORMATS = {
  "report.md": { type: "text/markdown; charset=utf-8", write: markdownReport },
  "trace.har": {
    type: "application/json; charset=utf-8",
    write: (subject: ReportSubject) => JSON.stringify(harReport(subject), null, 2),
  },
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

const missing = () =>
  new AppError("not_found", "This test run does not exist, or is no longer kept.");

/** A run that ended, as a file. AppError `not_found`, `conflict` while it is going on. */
export async function reportOf(
  viewer: Viewer,
  asked: { loginMethodId: string; runId: string; format: ReportFormat; includeValues: boolean },
): Promise<{ text: string; type: string; name: string }> {
  const { loginMethodId, runId, format, includeValues } = asked;
  const run = await getTestRun(viewer, runId);
  if (run.loginMethod.id !== loginMethodId) throw missing();
  if (run.state === "waiting" || run.state === "running") {
    throw new AppError("conflict", "This test is still going on.", {
      fix: "Wait until it has ended.",
    });
  }
  const fields = findConnector(run.loginMethod.kind)?.fields ?? [];
  const { type, write } = REPORT_FORMATS[format];
  const text = write({
    run,
    settings: await settingsOfRun(viewer, runId),
    labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
    version,
    includeValues,
  });
  return { text, type, name: `gatehouse-test-${runId.slice(0, 8)}.${format.split(".")[1]}` };
}
