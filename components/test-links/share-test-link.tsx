"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "@/components/ui/button";
import type { UnsavedSettings } from "./ask-link";

/** Only who shares pays for it. */
const ShareDialog = dynamic(() => import("./share-dialog").then((module) => module.ShareDialog), {
  ssr: false,
});

export interface ShareTestLinkProps {
  loginMethodId: string;
  /** Name of the login method. */
  name: string;
  /** Unsaved settings that are kept already. */
  draftId?: string | null;
  /** The form as it stands: asked for when the link is made. */
  settings?: () => UnsavedSettings;
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** Makes a link by which somebody without an account tries one sign-in. */
export function ShareTestLink(props: ShareTestLinkProps) {
  const { label = "Share test link", variant, size, ...subject } = props;
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button variant={variant} size={size} onClick={() => setOpen(true)}>
        {label}
        <span className="sr-only"> of {subject.name}</span>
      </Button>
      {open && (
        <ShareDialog
          {...subject}
          onClose={(made) => {
            setOpen(false);
            // The list of links may be on this page.
            if (made) router.refresh();
          }}
        />
      )}
    </>
  );
}
