"use client";
import { useEffect, useRef } from "react";
import { Card } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tab-panels";
import { EveryonePanel } from "./everyone-panel";
import { ClaimsPanel, EntryPanel, RunPanel } from "./person-panels";
import type { PolicyTesterProps, TesterSubject } from "./subject";
import { UserPanel } from "./user-panel";

/**
 * Tries the policies of this page before they are saved: on somebody of the registry, on pasted
 * claims, on a past test, and on everybody. Stands outside the page's form.
 */
export function PolicyTester({
  type,
  ...props
}: PolicyTesterProps & { type: TesterSubject["type"] }) {
  const panel = { type, ...props };
  const { firstRun, firstUser, firstEntry } = props;
  const asked = [firstRun, firstUser, firstEntry].some(Boolean);
  const root = useRef<HTMLDivElement>(null);
  // It is loaded late: an anchor in the address would find nothing.
  useEffect(() => {
    if (asked) root.current?.scrollIntoView();
  }, [asked]);
  return (
    <div ref={root}>
      <Card
        title="Policy tester"
        description="Works on what stands on this page, saved or not. A test changes nothing."
      >
        <Tabs
          label="Policy tester"
          initial={firstEntry ? "entry" : firstRun ? "run" : "person"}
          tabs={[
            ...(firstEntry
              ? [
                  {
                    id: "entry",
                    label: "The log entry",
                    content: <EntryPanel {...panel} entry={firstEntry} />,
                  },
                ]
              : []),
            { id: "person", label: "Test a person", content: <UserPanel {...panel} /> },
            { id: "claims", label: "Pasted claims", content: <ClaimsPanel {...panel} /> },
            { id: "run", label: "A past test", content: <RunPanel {...panel} /> },
            { id: "everyone", label: "Everyone", content: <EveryonePanel {...panel} /> },
          ]}
        />
      </Card>
    </div>
  );
}
