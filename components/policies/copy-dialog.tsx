"use client";
import { Button } from "@/components/ui/button";
import { CopiedText } from "@/components/ui/copied-text";
import { CopyButton } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import type { Exported } from "./exported";

export type CopyKind = keyof Exported;

const TITLES: Record<CopyKind, string> = {
  json: "Copy as JSON",
  request: "Copy as POST request",
};

interface CopyDialogProps {
  /** Such as `policy`. */
  what: string;
  name: string;
  kind: CopyKind;
  exported: Exported;
  onClose: () => void;
}

/** Rules as text to take elsewhere. */
export function CopyDialog({ what, name, kind, exported, onClose }: CopyDialogProps) {
  const text = exported[kind];
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${TITLES[kind]}: ${name}`}
      footer={
        <>
          <CopyButton value={text} label="Copy again" targetId="copied-text" />
          <Button data-autofocus="" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <CopiedText text={text} label={TITLES[kind]}>
        {kind === "json"
          ? "The shape of Cloudflare's API. Ids of login methods, access groups and service tokens are those of this installation."
          : `Makes the same ${what} in a Cloudflare account, in your shell with ACCOUNT_ID and CLOUDFLARE_API_TOKEN set. Replace the ids of login methods, access groups and service tokens by those of the account.`}
      </CopiedText>
    </Dialog>
  );
}
