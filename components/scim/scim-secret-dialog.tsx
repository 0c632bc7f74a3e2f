"use client";
import { CopyField } from "@/components/ui/copy";
import { SecretOnceDialog } from "@/components/ui/secret-once-dialog";
import { scimEndpoint } from "@/lib/scim/endpoint";

interface ScimSecretDialogProps {
  loginMethod: { id: string; name: string };
  secret: string;
  onClose: () => void;
}

/** The SCIM Secret of a login method that was just made, with the endpoint that it opens. */
export function ScimSecretDialog({ loginMethod, secret, onClose }: ScimSecretDialogProps) {
  const endpoint = scimEndpoint(location.origin, loginMethod.id);
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
