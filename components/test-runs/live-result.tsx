"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { QueryProvider } from "@/components/query-provider";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { STEPS } from "@/lib/oidc/schema";
import { isLive, type TestRun } from "@/lib/test-runs/schema";
import { Timeline } from "./timeline";
import { useTestRun } from "./use-test-run";
import { Waiting } from "./waiting";

function Following({ initial, mayCancel }: { initial: TestRun; mayCancel: boolean }) {
  const { run = initial, error } = useTestRun(initial.id, initial);
  const router = useRouter();
  const ended = !isLive(run.state);
  // The page of a run that ended is made by the server.
  useEffect(() => {
    if (ended) router.refresh();
  }, [ended, router]);

  const active = STEPS.find((step) => !run.steps.some((done) => done.step === step));
  return (
    <>
      {error && (
        <Banner tone="warning" title="This page lost sight of the test">
          {error.message} Load the page again to go on following it.
        </Banner>
      )}
      <Card>
        {run.state === "waiting" || run.state === "running" ? (
          <Waiting run={run} mayCancel={mayCancel} />
        ) : (
          <p role="status">The test has ended; its result is being loaded.</p>
        )}
      </Card>
      <Card title="Timeline">
        <Timeline steps={run.steps} active={ended ? undefined : active} />
      </Card>
    </>
  );
}

/** The result page of a run that is still going on. */
export function LiveResult(props: { initial: TestRun; mayCancel: boolean }) {
  return (
    <QueryProvider>
      <Following {...props} />
    </QueryProvider>
  );
}
