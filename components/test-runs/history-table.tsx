import Link from "next/link";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { HistoryEntry } from "@/lib/test-runs/compare/schema";
import { ChangesInBrief } from "./setting-changes";
import { StateBadge } from "./state-badge";
import { duration, runPath, STATE_LABELS } from "./words";

const tookOf = ({ startedAt, finishedAt }: HistoryEntry): string =>
  finishedAt ? duration(Date.parse(finishedAt) - Date.parse(startedAt)) : "still running";

const tested = ({ draft, version }: HistoryEntry): string => {
  if (!draft) return String(version);
  return version === 0 ? "not saved yet" : `unsaved changes to ${version}`;
};

const who = ({ byLink, startedBy }: HistoryEntry): string =>
  byLink ? `by link of ${startedBy}` : startedBy;

const outcome = ({ state, failedTitle }: HistoryEntry): string => {
  if (state === "passed" || state === "passed_with_warnings") return "Your connection works!";
  if (state === "cancelled") return "The test was cancelled";
  return failedTitle ?? STATE_LABELS[state];
};

/** The kept runs of one login method, newest first. */
export function HistoryTable({
  loginMethodId,
  name,
  runs,
}: {
  loginMethodId: string;
  name: string;
  runs: readonly HistoryEntry[];
}) {
  return (
    <Table
      label={`Tests of ${name}`}
      columns={[
        "Result",
        "Signed in as",
        "Started by",
        "When",
        "Took",
        "Version",
        "Changed since the run before",
      ]}
    >
      {runs.map((run) => (
        <Row key={run.id}>
          <Cell>
            <span className="grid justify-items-start gap-1">
              <Link
                href={runPath(loginMethodId, run.id)}
                className="font-medium text-accent underline-offset-2 hover:underline"
              >
                {outcome(run)}
              </Link>
              <StateBadge state={run.state} />
            </span>
          </Cell>
          <Cell label="Signed in as" className="break-all">
            {run.email ?? "–"}
          </Cell>
          <Cell label="Started by">{who(run)}</Cell>
          <Cell label="When">
            <Time value={run.startedAt} />
          </Cell>
          <Cell label="Took" className="whitespace-nowrap tabular-nums">
            {tookOf(run)}
          </Cell>
          <Cell label="Version" className="tabular-nums">
            {tested(run)}
          </Cell>
          <Cell label="Changed">
            <ChangesInBrief changes={run.changes} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
