"use client";
import { useId, useState, useTransition } from "react";
import { newId } from "@/components/test-runs/new-tab";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import type { Failure } from "@/lib/kit/result";
import type { LinkHours, MadeLink } from "@/lib/test-links/schema";
import { askForLink } from "./ask-link";
import type { ShareTestLinkProps } from "./share-test-link";

const CHOICES: { hours: LinkHours; label: string }[] = [
  { hours: 1, label: "1 hour" },
  { hours: 24, label: "24 hours" },
  { hours: 168, label: "7 days" },
];

function HowLong({ value, onChange }: { value: LinkHours; onChange: (hours: LinkHours) => void }) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">How long it holds</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {CHOICES.map(({ hours, label }) => (
          <label key={hours} className="inline-flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={name}
              value={hours}
              checked={value === hours}
              data-autofocus={value === hours ? "" : undefined}
              onChange={() => onChange(hours)}
              className="size-4 accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Problem({ failure }: { failure: Failure }) {
  const issues = Object.values(failure.fields ?? {}).flatMap((messages) => messages ?? []);
  return (
    <Banner tone="danger" title={failure.message}>
      {failure.fix}
      {issues.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {[...new Set(issues)].map((issue) => (
            <li key={issue}>{issue}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

function Made({ made, onClose }: { made: MadeLink; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Send this link"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField
        label="Test link"
        value={made.url}
        note={
          <>
            It is shown only now, and works once. It ends <Time value={made.expiresAt} />; you can
            revoke it on the Tests page.
          </>
        }
      />
    </Dialog>
  );
}

interface ShareDialogProps
  extends Pick<ShareTestLinkProps, "loginMethodId" | "name" | "draftId" | "settings"> {
  onClose: (made: boolean) => void;
}

export function ShareDialog(props: ShareDialogProps) {
  const { loginMethodId, name, draftId = null, settings, onClose } = props;
  const [hours, setHours] = useState<LinkHours>(24);
  const [made, setMade] = useState<MadeLink | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, start] = useTransition();

  function make() {
    start(async () => {
      const result = await askForLink(
        settings
          ? { loginMethodId, draftId: newId(), hours, settings: settings() }
          : { loginMethodId, draftId, hours },
      );
      if (result.ok) setMade(result.data);
      else setFailure(result);
    });
  }

  return made ? (
    <Made made={made} onClose={() => onClose(true)} />
  ) : (
    <Dialog
      open
      onClose={() => onClose(false)}
      title={`Share a test of ${name}`}
      footer={
        <>
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <Button variant="primary" pending={pending} onClick={make}>
            Make the link
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {failure && <Problem failure={failure} />}
        <p className="text-muted">
          Whoever opens the link signs in at the provider once. They need no account here, get none,
          and see no settings; what the provider says about them comes to this console. It counts as
          your test.
        </p>
        {(settings || draftId) && (
          <p className="text-muted">It tries the settings as they stand, before they are saved.</p>
        )}
        <HowLong value={hours} onChange={setHours} />
      </div>
    </Dialog>
  );
}
