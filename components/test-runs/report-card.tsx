"use client";
import { useState } from "react";
import { AnchorButton, Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Textarea } from "@/components/ui/input";
import { runPath } from "./words";

interface ReportCardProps {
  loginMethodId: string;
  runId: string;
  /** Whether claims came, whose values could be told. */
  hasClaims: boolean;
}

type State = "idle" | "copying" | "copied" | "failed";
const SAID: Record<State, string> = {
  idle: "",
  copying: "",
  copied: "The report was copied.",
  failed: "The report could not be read. Check the connection to Gatehouse, then try again.",
};

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`report: ${response.status}`);
  return response.text();
}

/**
 * Copies what a promise brings. Safari takes the click's permission only at once, and so is given the
 * promise itself; plain http has no clipboard at all, and then answers false.
 */
async function copy(text: Promise<string>): Promise<boolean> {
  if (!navigator.clipboard) return false;
  try {
    const blob = text.then((value) => new Blob([value], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return navigator.clipboard.writeText(await text).then(
      () => true,
      () => false,
    );
  }
}

function ByHand({ text, onClose }: { text: string; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Copy the report">
      <p className="mb-2 text-muted">
        This browser lets no page copy over plain http. Press Ctrl/⌘+C: the text is selected.
      </p>
      <Textarea
        readOnly
        aria-label="Report"
        rows={12}
        value={text}
        data-autofocus=""
        onFocus={(event) => event.currentTarget.select()}
        className="font-mono"
      />
    </Dialog>
  );
}

function useReport(url: string) {
  const [state, setState] = useState<State>("idle");
  const [byHand, setByHand] = useState<string | null>(null);
  async function begin() {
    setState("copying");
    const text = read(url);
    try {
      const copied = await copy(text);
      if (!copied) setByHand(await text);
      setState(copied ? "copied" : "idle");
    } catch {
      setState("failed");
    }
  }
  return { state, byHand, begin, close: () => setByHand(null) };
}

interface CopyReportProps extends Pick<ReportCardProps, "loginMethodId" | "runId"> {
  includeValues?: boolean;
}

export function CopyReport({ loginMethodId, runId, includeValues = false }: CopyReportProps) {
  const query = includeValues ? "?values=1" : "";
  const { state, byHand, begin, close } = useReport(
    `${runPath(loginMethodId, runId)}/report.md${query}`,
  );
  return (
    <>
      <Button pending={state === "copying"} onClick={() => void begin()}>
        {state === "copied" ? "Copied" : "Copy report"}
      </Button>
      <span role="status" className={state === "failed" ? "text-danger" : "sr-only"}>
        {SAID[state]}
      </span>
      {byHand !== null && <ByHand text={byHand} onClose={close} />}
    </>
  );
}

/** The result for somebody else: to paste, or as files. */
export function ReportCard({ loginMethodId, runId, hasClaims }: ReportCardProps) {
  const [values, setValues] = useState(false);
  const path = runPath(loginMethodId, runId);
  const query = values ? "?values=1" : "";
  return (
    <Card
      title="Report"
      description="For whoever looks after the provider, or for support. Codes, tokens and secrets are in none of it."
    >
      <div className="flex flex-wrap items-center gap-2">
        <CopyReport loginMethodId={loginMethodId} runId={runId} includeValues={values} />
        <AnchorButton href={`${path}/report.md${query}`} download>
          Download report
        </AnchorButton>
        <AnchorButton href={`${path}/trace.har${query}`} download>
          Download trace
        </AnchorButton>
      </div>
      {hasClaims && (
        <label className="mt-3 flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={values}
            onChange={(event) => setValues(event.target.checked)}
            className="size-4 accent-accent"
          />
          <span>
            Include values of the claims{" "}
            <span className="text-muted">(otherwise only their types and first signs)</span>
          </span>
        </label>
      )}
    </Card>
  );
}
