"use client";
import { CopyField } from "@/components/ui/copy";
import { SecretOnceDialog } from "@/components/ui/secret-once-dialog";
import type { ScimCredentials } from "@/lib/login-methods/schema";

interface ScimSecretDialogProps {
  loginMethod: { name: string };
  credentials: ScimCredentials;
  onClose: () => void;
}

/** The SCIM Secret of a login method that was just made, with the endpoint that it opens. */
export function ScimSecretDialog({ loginMethod, credentials, onClose }: ScimSecretDialogProps) {
  const { endpoint, secret } = credentials;
  const text = `SCIM Endpoint: ${endpoint}\nSCIM Secret: ${secret}\n`;
  return (
    <SecretOnceDialog
      title={`SCIM Secret of ${loginMethod.name}`}
      file={{ name: `scim-${loginMethod.name}`, text }}
      onClose={onClose}
    >
      <CopyField label="SCIM Endpoint" value={endpoint} note="Base URL in your provider." />
      <CopyField
        label="SCIM Secret"
        value={secret}
        note="Your provider calls it API token, bearer token or secret token."
      />
    </SecretOnceDialog>
  );
}
