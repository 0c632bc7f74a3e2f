"use client";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog-frame";

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\w.-]+/g, "-")}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}

interface SecretOnceDialogProps {
  title: string;
  /** Name of the file without its ending, and what it holds. */
  file: { name: string; text: string };
  onClose: () => void;
  /** The secret, to copy, and what belongs to it. */
  children: ReactNode;
}

/** A secret, the only time that anybody sees it. It leaves the page with the dialog. */
export function SecretOnceDialog({ title, file, onClose, children }: SecretOnceDialogProps) {
  const [stored, setStored] = useState(false);
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLInputElement>(null);

  function close() {
    if (stored) return onClose();
    setAsked(true);
    box.current?.focus();
  }

  return (
    <Dialog
      open
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={() => download(file.name, file.text)}>Download .txt</Button>
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
        {children}
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
