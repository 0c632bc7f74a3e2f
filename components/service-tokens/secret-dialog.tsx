"use client";
import { CopyField } from "@/components/ui/copy";
import { SecretOnceDialog } from "@/components/ui/secret-once-dialog";
import type { ServiceTokenSecret } from "@/lib/service-tokens/schema";
import { headerLines } from "./words";

interface SecretDialogProps {
  name: string;
  secret: ServiceTokenSecret;
  onClose: () => void;
}

/** The client secret of a service token that was just made or rotated. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  const lines = headerLines(secret);
  return (
    <SecretOnceDialog
      title={`Client secret of ${name}`}
      file={{ name, text: `${lines}\n` }}
      onClose={onClose}
    >
      <CopyField label="Client ID" value={secret.clientId} />
      <CopyField label="Client Secret" value={secret.clientSecret} />
      <div className="[&_code]:whitespace-pre-wrap">
        <CopyField
          label="Headers of a request"
          value={lines}
          note="A program sends both with every request."
        />
      </div>
    </SecretOnceDialog>
  );
}
