"use client";
import { useId, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ROTATION_GRACE_HOURS, type ServiceTokenSecret } from "@/lib/service-tokens/schema";
import type { TokenActions } from "./words";

type Hours = (typeof ROTATION_GRACE_HOURS)[number];

const GRACE_LABELS: Record<Hours, string> = {
  0: "Stop the old secret now",
  1: "Keep the old secret for 1 hour",
  24: "Keep the old secret for 24 hours",
  168: "Keep the old secret for 7 days",
  720: "Keep the old secret for 30 days",
};

interface RotateDialogProps {
  id: string;
  name: string;
  rotate: TokenActions["rotate"];
  onClose: () => void;
  onRotated: (secret: ServiceTokenSecret) => void;
}

/** A new secret for a service token, and how long the old one still works. */
export function RotateDialog({ id, name, rotate, onClose, onRotated }: RotateDialogProps) {
  const group = useId();
  const [graceHours, setGrace] = useState<Hours>(24);
  const { run, pending, failure } = useAction(rotate);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate the secret of ${name}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={pending}
            onClick={() => void run({ id, graceHours }, onRotated)}
          >
            Rotate secret
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <FailureBanner failure={failure} />
        <p className="text-muted">
          The client ID stays. Programs that send the old secret are refused once it ends; a secret
          from before that ends at once.
        </p>
        <fieldset>
          <legend className="mb-1 font-medium">The old secret</legend>
          {ROTATION_GRACE_HOURS.map((hours) => (
            <label key={hours} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name={group}
                className="size-4 accent-accent"
                checked={graceHours === hours}
                data-autofocus={graceHours === hours ? "" : undefined}
                onChange={() => setGrace(hours)}
              />
              {GRACE_LABELS[hours]}
            </label>
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
