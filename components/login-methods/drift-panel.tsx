"use client";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Time } from "@/components/ui/time";
import type { Drift, DriftReport } from "@/lib/login-methods/drift/schema";
import type { Published } from "@/lib/oidc/check/schema";
import { DifferenceTable } from "./difference-table";
import { inWords, isSame } from "./field-values";
import { useParts } from "./parts";
import { useDrift } from "./use-drift";

const WORDS: Record<string, string> = { true: "On", false: "Off" };

function useWords() {
  const { connector } = useParts();
  return (name: string, value: Published | null): string => {
    const field = connector.fields.find((one) => one.name === name);
    // A list of what is supported has no choice of a select to stand for it.
    if (field && !(Array.isArray(value) && field.control === "select"))
      return inWords(field, value);
    return Array.isArray(value) ? value.join(", ") : (WORDS[String(value)] ?? String(value));
  };
}

const MOVED: Record<string, string> = {
  issuer: "Only tokens that name the published issuer would be accepted.",
  certs_url: "Tokens would be trusted by keys from another host.",
};

const warningOf = ({ name, severe }: Drift): string | undefined =>
  severe ? `${MOVED[name] ?? ""} Adopt it only if your provider announced it.` : undefined;

interface ActsProps {
  drift: Drift;
  onAdopt: () => void;
  onIgnore: () => void;
}

function Acts({ drift, onAdopt, onIgnore }: ActsProps) {
  const { values, readOnly } = useParts();
  const { label, name, adopt } = drift;
  if (readOnly) return null;
  if (adopt !== null && isSame(values[name], adopt)) {
    return <span className="text-muted">Adopted. Save to keep it.</span>;
  }
  return (
    <>
      {adopt !== null && (
        <Button size="sm" onClick={onAdopt}>
          Adopt<span className="sr-only"> the published {label}</span>
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={onIgnore}>
        Ignore<span className="sr-only"> the published {label}</span>
      </Button>
    </>
  );
}

function Ignored({ drifts, onHeed }: { drifts: readonly Drift[]; onHeed: (drift: Drift) => void }) {
  const { readOnly } = useParts();
  const words = useWords();
  if (drifts.length === 0) return null;
  return (
    <Disclosure summary={`Ignored (${drifts.length})`}>
      <ul className="space-y-1.5">
        {drifts.map((drift) => (
          <li key={drift.name} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 break-words">
              {drift.label}:{" "}
              <code className="break-all font-mono text-[0.8125rem]">
                {words(drift.name, drift.published)}
              </code>
            </span>
            {!readOnly && (
              <Button size="sm" variant="ghost" onClick={() => onHeed(drift)}>
                Stop ignoring<span className="sr-only"> the published {drift.label}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function Line({ tone, children }: { tone: "success" | "warning" | "danger"; children: ReactNode }) {
  const Icon = { success: CircleCheck, warning: TriangleAlert, danger: CircleX }[tone];
  const ink = { success: "text-success", warning: "text-warning", danger: "text-danger" }[tone];
  return (
    <span className={`flex gap-1.5 ${ink}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </span>
  );
}

function Words({ report, open }: { report: DriftReport; open: readonly Drift[] }) {
  const { problem, checkedAt } = report;
  if (problem) {
    return (
      <Line tone="warning">Your provider's discovery document could not be read. {problem}</Line>
    );
  }
  if (open.length === 0) {
    return (
      <Line tone="success">
        Matches what your provider publishes, checked <Time value={checkedAt} />
      </Line>
    );
  }
  return (
    <Line tone={open.some(({ severe }) => severe) ? "danger" : "warning"}>
      {open.length === 1
        ? "One setting differs from what your provider publishes."
        : `${open.length} settings differ from what your provider publishes.`}
    </Line>
  );
}

/** How a saved login method differs from its provider's present document, and what to do about it. */
export default function DriftPanel({ id }: { id: string }) {
  const { view, read, setIgnored, adopt } = useDrift(id);
  const words = useWords();
  const { report, reading, failure } = view;
  const drifts = report?.drifts ?? [];
  const open = drifts.filter(({ ignored }) => !ignored);
  const nothing = report !== null && report.documentUrl === null && report.problem === null;
  if (nothing && !failure) return null;
  return (
    <div className="space-y-2">
      <Button pending={reading && report !== null} onClick={() => void read(true)}>
        Check discovery for changes
      </Button>
      <p role="status" className="empty:hidden">
        {failure ? (
          <Line tone="warning">
            {failure.message} {failure.fix}
          </Line>
        ) : (
          report && <Words report={report} open={open} />
        )}
      </p>
      {open.length > 0 && (
        <DifferenceTable
          caption="Settings that differ from what your provider publishes"
          published="Published"
          rows={open.map((drift) => ({
            name: drift.name,
            label: drift.label,
            current: words(drift.name, drift.current),
            published: words(drift.name, drift.published),
            warning: warningOf(drift),
            actions: (
              <Acts
                drift={drift}
                onAdopt={() => adopt(drift)}
                onIgnore={() => void setIgnored(drift, true)}
              />
            ),
          }))}
        />
      )}
      <Ignored
        drifts={drifts.filter(({ ignored }) => ignored)}
        onHeed={(drift) => void setIgnored(drift, false)}
      />
    </div>
  );
}
