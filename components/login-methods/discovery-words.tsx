"use client";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DifferenceTable } from "./difference-table";
import type { Difference } from "./discovery-plan";
import type { Phase } from "./discovery-state";
import { useParts } from "./parts";

const TONES = {
  info: { icon: Info, ink: "text-muted" },
  success: { icon: CircleCheck, ink: "text-success" },
  warning: { icon: TriangleAlert, ink: "text-warning" },
  danger: { icon: CircleX, ink: "text-danger" },
} as const;

function Line({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  const { icon: Icon, ink } = TONES[tone];
  return (
    <p className={classNames("flex gap-1.5", ink)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  );
}

function MismatchWords({ phase }: { phase: Extract<Phase, { name: "mismatch" }> }) {
  const { otherIssuer, summary, url } = phase;
  // The first line speaks of the issuer already.
  const others = phase.differences.filter(({ severe }) => !severe || otherIssuer === null).length;
  return (
    <>
      {otherIssuer !== null && (
        <Line tone="danger">
          The document at {url} names another issuer: {otherIssuer}. Every token carries that name,
          so check that this is your provider, then use it as Issuer.
        </Line>
      )}
      {others > 0 && (
        <Line tone="warning">
          {others === 1
            ? "One value differs from what your provider publishes."
            : `${others} values differ from what your provider publishes.`}{" "}
          Nothing of yours was overwritten.
        </Line>
      )}
      {summary.startsWith("Filled") && <Line tone="info">{summary}</Line>}
    </>
  );
}

function Words({ phase }: { phase: Phase }) {
  switch (phase.name) {
    case "idle":
      return null;
    case "loading":
      return phase.slow ? <Line tone="info">Reading {phase.url}</Line> : null;
    case "filled":
      return <Line tone="success">{phase.summary}</Line>;
    case "partial":
      return <Line tone="warning">{phase.summary}</Line>;
    case "mismatch":
      return <MismatchWords phase={phase} />;
    case "error":
      return (
        <Line tone="danger">
          {phase.message} {phase.fix}
        </Line>
      );
  }
}

const missingOf = (phase: Phase) => ("missing" in phase ? phase.missing : []);

function Ways({ phase }: { phase: Phase }) {
  const { discovery, readOnly } = useParts();
  const undo = "undo" in phase && phase.undo !== null;
  const retry = phase.name === "error" ? phase.retry : null;
  const missing = missingOf(phase);
  if (readOnly || (!undo && !retry && missing.length === 0)) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {missing.map(({ name, label }) => (
        <a
          key={name}
          href={`#config.${name}`}
          className="underline"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(`config.${name}`)?.focus();
          }}
        >
          Enter the {label}
        </a>
      ))}
      {retry && (
        <Button
          className="max-w-full break-all text-left"
          onClick={() => discovery.session.retry(retry)}
        >
          Try {retry}
        </Button>
      )}
      {undo && <Button onClick={discovery.session.undo}>Undo</Button>}
    </div>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const { discovery } = useParts();
  return (
    <DifferenceTable
      caption="Values that differ from discovery"
      published="From discovery"
      rows={differences.map(({ name, label, current, found, value, severe }) => ({
        name,
        label,
        current,
        published: found,
        warning: severe ? "Tokens would fail the iss check." : undefined,
        actions: (
          <Button onClick={() => discovery.session.use(name, value)}>
            Use<span className="sr-only"> the {label} from discovery</span>
          </Button>
        ),
      }))}
    />
  );
}

/** What came of autofill, for a live region. */
export default function DiscoveryWords({ phase }: { phase: Phase }) {
  return (
    <>
      <Words phase={phase} />
      {"notes" in phase &&
        phase.notes.map((note) => (
          <Line key={note} tone="warning">
            {note}
          </Line>
        ))}
      {"tips" in phase &&
        phase.tips.map((tip) => (
          <Line key={tip} tone="info">
            {tip}
          </Line>
        ))}
    </>
  );
}

/** What can be done about it. */
export function DiscoveryWays({ phase }: { phase: Phase }) {
  return (
    <>
      {phase.name === "mismatch" && phase.differences.length > 0 && (
        <Differences differences={phase.differences} />
      )}
      <Ways phase={phase} />
    </>
  );
}
