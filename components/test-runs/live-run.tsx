"use client";
import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { createPortal } from "react-dom";
import { QueryProvider } from "@/components/query-provider";
import { LinkButton } from "@/components/ui/button";
import { isLive, type TestRun } from "@/lib/test-runs/schema";
import { StateBadge } from "./state-badge";
import { useTestRun } from "./use-test-run";
import { Waiting } from "./waiting";
import { resultHeadline, runPath } from "./words";

const REGION_ID = "live-test-runs";

/** One corner of the page for all runs that this tab follows. */
function useRegion(): HTMLElement | null {
  const [region, setRegion] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const existing = document.getElementById(REGION_ID);
    if (existing) return setRegion(existing);
    const made = document.createElement("section");
    made.id = REGION_ID;
    made.setAttribute("aria-label", "Tests that this page follows");
    made.className =
      "fixed right-0 bottom-16 z-40 grid max-h-[75dvh] w-[min(23rem,100vw)] gap-3 overflow-y-auto p-4 max-lg:in-data-unsaved:bottom-32";
    document.body.append(made);
    setRegion(made);
  }, []);
  return region;
}

function Ended({ run }: { run: TestRun }) {
  return (
    <div className="grid justify-items-start gap-2">
      <StateBadge state={run.state} />
      <p role="status" className="font-semibold">
        {resultHeadline(run)}
      </p>
      <LinkButton href={runPath(run.loginMethod.id, run.id)}>See the result</LinkButton>
    </div>
  );
}

function NotFollowed({ status }: { status: number | null }) {
  const text =
    status === 401
      ? "You are signed out in this tab. Sign in again to follow the test."
      : status === 404
        ? "The test did not start. The tab that opened says why."
        : "This page lost sight of the test. Its own tab still shows the result.";
  return <p role="status">{text}</p>;
}

interface LiveRunProps {
  runId: string;
  name: string;
  onDismiss: () => void;
  /** Told once, when the run has come to its end. */
  onEnded?: (run: TestRun) => void;
}

function Body({ runId, onEnded }: Pick<LiveRunProps, "runId" | "onEnded">) {
  const { run, error, troubled } = useTestRun(runId);
  const router = useRouter();
  const ended = run !== undefined && !isLive(run.state);
  const tell = useEffectEvent(() => run && onEnded?.(run));
  // The list behind this card shows when a method was last tested.
  useEffect(() => {
    if (!ended) return;
    tell();
    router.refresh();
  }, [ended, router]);

  if (error) return <NotFollowed status={"status" in error ? Number(error.status) : null} />;
  if (!run) return <p role="status">Starting the test…</p>;
  if (run.state !== "waiting" && run.state !== "running") return <Ended run={run} />;
  return (
    <>
      <Waiting run={run} mayCancel />
      {troubled && <p className="mt-2 text-warning">The connection is unsteady; trying again.</p>}
    </>
  );
}

function Frame({
  name,
  onDismiss,
  children,
}: {
  name: string;
  onDismiss: () => void;
  children: ReactNode;
}) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4 shadow-floating">
      <div className="mb-2 flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate text-muted">Test of {name}</h2>
        <button
          type="button"
          aria-label={`Stop following the test of ${name}`}
          onClick={onDismiss}
          className="grid size-8 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </div>
      {children}
    </div>
  );
}

/** The card in the tab where Test was pressed; it follows the run to its end. */
export function LiveRun({ runId, name, onDismiss, onEnded }: LiveRunProps) {
  const region = useRegion();
  if (!region) return null;
  return createPortal(
    <QueryProvider>
      <Frame name={name} onDismiss={onDismiss}>
        <Body runId={runId} onEnded={onEnded} />
      </Frame>
    </QueryProvider>,
    region,
  );
}
