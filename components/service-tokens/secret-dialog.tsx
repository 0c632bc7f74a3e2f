"use client";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import type { ServiceTokenSecret } from "@/lib/service-tokens/schema";
import { headerLines } from "./words";

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\w.-]+/g, "-")}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}

interface SecretDialogProps {
  name: string;
  secret: ServiceTokenSecret;
  onClose: () => void;
}

/** A client secret, the only time that anybody sees it. It leaves the page with the dialog. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  const [stored, setStored] = useState(false);
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const lines = headerLines(secret);

  function close() {
    if (stored) return onClose();
    setAsked(true);
    box.current?.focus();
  }

  return (
    <Dialog
      open
      onClose={close}
      title={`Client secret of ${name}`}
      footer={
        <>
          <Button onClick={() => download(name, `${lines}\n`)}>Download .txt</Button>
          <Button variant="primary" disabled={!stored} onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-muted">
          The secret is shown only now: Gatehouse keeps no copy that it could show again.
        </p>
        <CopyField label="Client ID" value={secret.clientId} />
        <CopyField label="Client Secret" value={secret.clientSecret} />
        <div className="[&_code]:whitespace-pre-wrap">
          <CopyField
            label="Headers of a request"
            value={lines}
            note="A program sends both with every request."
          />
        </div>
        <label className="flex min-h-8 items-center gap-2 font-medium">
          <input
            ref={box}
            type="checkbox"
            data-autofocus=""
            className="size-4 shrink-0 accent-accent"
            checked={stored}
            aria-describedby="not-again"
            onChange={(event) => setStored(event.target.checked)}
          />
          I stored it
        </label>
        <p id="not-again" role="status" className="font-medium text-danger empty:hidden">
          {asked &&
            !stored &&
            "Store the secret first, and tick the box: it cannot be shown again."}
        </p>
      </div>
    </Dialog>
  );
}
