"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import type { Failure, Result } from "@/lib/kit/result";
import type { ScimCredentials } from "@/lib/login-methods/schema";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { formPath, methodPath } from "./words";

interface Saved {
  id: string;
  name: string;
  scimSecret?: ScimCredentials;
}
export type SaveTested = (input: { draftId: string }) => Promise<Result<Saved>>;

const ScimSecretDialog = dynamic(
  () => import("@/components/scim/scim-secret-dialog").then((module) => module.ScimSecretDialog),
  { ssr: false },
);

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer.",
  fix: "Check the connection to Gatehouse, then try again.",
};

interface SaveTestedProps {
  subject: Subject;
  /** Whether the test passed: then to save is what comes next. */
  passed: boolean;
  save: SaveTested;
}

/** What can be done with settings that were tested and are not saved. */
export function UnsavedSettings({ subject, passed, save }: SaveTestedProps) {
  const router = useRouter();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();
  const [saved, setSaved] = useState<Saved | null>(null);
  const { draftId } = subject;
  const goOn = ({ id }: Saved) => router.push(`${methodPath(id)}?added`);
  if (draftId === null) return null;
  const submit = () =>
    start(async () => {
      const result = await save({ draftId }).catch(() => LOST);
      if (!result.ok) setFailure(result);
      else if (result.data.scimSecret) setSaved(result.data);
      else goOn(result.data);
    });
  return (
    <div className="grid gap-3">
      {saved?.scimSecret && (
        <ScimSecretDialog
          loginMethod={saved}
          credentials={saved.scimSecret}
          onClose={() => {
            setSaved(null);
            goOn(saved);
          }}
        />
      )}
      <Banner
        tone={passed ? "success" : "info"}
        title={
          passed ? "These settings work, and are not saved yet" : "These settings are not saved"
        }
        actions={
          <>
            {passed && (
              <Button variant="primary" pending={pending} onClick={submit}>
                Save these settings
              </Button>
            )}
            <LinkButton href={formPath(subject, { draft: draftId })}>
              Open the form with these settings
            </LinkButton>
          </>
        }
      >
        {subject.tested}. They are kept for 24 hours, with the secrets that were typed.
      </Banner>
      {failure && (
        <Banner tone="danger" title={failure.message}>
          {Object.values(failure.fields ?? {}).flat()[0] ?? failure.fix} Open the form to change
          that.
        </Banner>
      )}
    </div>
  );
}
