"use client";
import dynamic from "next/dynamic";
import { type MouseEvent, type ReactNode, useState } from "react";
import { AnchorButton, type ButtonVariant } from "@/components/ui/button";
import { hasRoomForTabs, newId } from "./new-tab";
import { methodPath } from "./words";

/** Only a tab that follows a test pays for following it. */
export const LiveRun = dynamic(() => import("./live-run").then((module) => module.LiveRun), {
  ssr: false,
});

/** For a link that tests what is saved; `live` follows the test in this tab. */
export function useTest(loginMethodId: string, name: string) {
  const [runId, setRunId] = useState<string | null>(null);
  const href = `${methodPath(loginMethodId)}/tests/new`;

  function begin(event: MouseEvent<HTMLAnchorElement>) {
    if (event.type === "auxclick" && event.button !== 1) return;
    const id = newId();
    const link = event.currentTarget;
    link.href = `${href}?run=${id}`;
    const follows = hasRoomForTabs() || event.type === "auxclick";
    link.target = follows ? "_blank" : "_self";
    if (follows) setRunId(id);
  }

  const live: ReactNode = runId && (
    <LiveRun key={runId} runId={runId} name={name} onDismiss={() => setRunId(null)} />
  );
  const link = { href, target: "_blank", rel: "noopener", referrerPolicy: "same-origin" } as const;
  return { link: { ...link, onClick: begin, onAuxClick: begin }, live };
}

interface TestLinkProps {
  loginMethodId: string;
  name: string;
  variant?: ButtonVariant;
}

/** A real link, so that no browser blocks the tab. While the test runs, this tab follows it. */
export function TestLink({ loginMethodId, name, variant }: TestLinkProps) {
  const { link, live } = useTest(loginMethodId, name);
  return (
    <>
      <AnchorButton {...link} variant={variant}>
        <span>
          Test<span className="hidden in-data-unsaved:inline"> saved version</span>
        </span>
        <span className="sr-only"> {name} (opens a new tab)</span>
      </AnchorButton>
      {live}
    </>
  );
}
