"use client";
import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopiedText } from "@/components/ui/copied-text";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import type { ExportedMethod } from "@/lib/login-methods/export";

export type CopyKind = "json" | "request";

const TITLES: Record<CopyKind, string> = {
  json: "Copy as JSON",
  request: "Copy as POST request",
};

const listed = (labels: readonly string[]): string =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(labels);

function Explanation({ kind, withheld }: { kind: CopyKind; withheld: readonly string[] }) {
  const secrets = withheld.length > 0 && (
    <>
      Secrets are never copied: {listed(withheld)} {withheld.length === 1 ? "is" : "are"} not in it.
    </>
  );
  if (kind === "json") {
    return (
      <p>
        The shape of Cloudflare's API. Settings that only Gatehouse has stand apart, under
        gatehouse. {secrets}
      </p>
    );
  }
  return (
    <p>
      Makes the same login method in a Cloudflare account, in your shell with ACCOUNT_ID and
      CLOUDFLARE_API_TOKEN set. Settings that only Gatehouse has are left out. {secrets}{" "}
      {withheld.length > 0 && "Put yours where it says REPLACE_WITH."}
    </p>
  );
}

interface CopyDialogProps {
  id: string;
  name: string;
  kind: CopyKind;
  onClose: () => void;
}

/** A login method as text to take elsewhere, read from the server when it is asked for. */
export function CopyDialog({ id, name, kind, onClose }: CopyDialogProps) {
  const [exported, setExported] = useState<ExportedMethod | "failed" | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    fetch(`/api/login-methods/${id}/export`, { signal: stop.signal })
      .then(async (answer) => setExported(answer.ok ? await answer.json() : "failed"))
      .catch(() => {
        if (!stop.signal.aborted) setExported("failed");
      });
    return () => stop.abort();
  }, [id]);
  const ready = exported !== null && exported !== "failed" ? exported : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${TITLES[kind]}: ${name}`}
      footer={
        <>
          {ready && <CopyButton value={ready[kind]} label="Copy again" targetId="copied-text" />}
          <Button data-autofocus="" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {ready && (
        <CopiedText text={ready[kind]} label={TITLES[kind]}>
          <Explanation kind={kind} withheld={ready.withheld} />
        </CopiedText>
      )}
      {exported === null && <p className="appear-late text-muted">Reading its settings…</p>}
      {exported === "failed" && (
        <Banner tone="danger" title="Gatehouse did not give its settings.">
          Check the connection to Gatehouse, reload this page, then try again.
        </Banner>
      )}
    </Dialog>
  );
}
