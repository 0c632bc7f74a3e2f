"use client";
import dynamic from "next/dynamic";
import { type MouseEvent, useState } from "react";
import { AnchorButton, type ButtonVariant } from "@/components/ui/button";
import { methodPath } from "./words";

/** Only a tab that follows a test pays for following it. */
const LiveRun = dynamic(() => import("./live-run").then((module) => module.LiveRun), {
  ssr: false,
});

/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, where consoles do live. */
function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, "0");
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, "0");
    return byte.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Phones show one tab at a time: there the test takes this one, and ends on its result. */
const hasRoomForTabs = (): boolean => matchMedia("(min-width: 768px)").matches;

interface TestLinkProps {
  loginMethodId: string;
  name: string;
  variant?: ButtonVariant;
}

/** A real link, so that no browser blocks the tab. While the test runs, this tab follows it. */
export function TestLink({ loginMethodId, name, variant }: TestLinkProps) {
  const [runId, setRunId] = useState<string | null>(null);
  const href = `${methodPath(loginMethodId)}/tests/new`;

  function begin(event: MouseEvent<HTMLAnchorElement>) {
    if (event.type === "auxclick" && event.button !== 1) return;
    const id = newRunId();
    const link = event.currentTarget;
    link.href = `${href}?run=${id}`;
    const follows = hasRoomForTabs() || event.type === "auxclick";
    link.target = follows ? "_blank" : "_self";
    if (follows) setRunId(id);
  }

  return (
    <>
      <AnchorButton
        href={href}
        target="_blank"
        rel="noopener"
        referrerPolicy="same-origin"
        variant={variant}
        onClick={begin}
        onAuxClick={begin}
      >
        <span>
          Test<span className="hidden in-data-unsaved:inline"> saved version</span>
        </span>
        <span className="sr-only"> {name} (opens a new tab)</span>
      </AnchorButton>
      {runId && <LiveRun key={runId} runId={runId} name={name} onDismiss={() => setRunId(null)} />}
    </>
  );
}
