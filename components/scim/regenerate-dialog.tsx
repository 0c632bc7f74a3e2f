"use client";
import { useId, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { ConfirmDialog } from "@/components/ui/dialog";
import { SCIM_OVERLAP_HOURS, type ScimOverlapHours } from "@/lib/scim/secrets/schema";
import type { RegenerateScim } from "./panel-props";

const OVERLAPS: Record<ScimOverlapHours, string> = {
  0: "Stop the old secret now",
  1: "Keep the old secret for 1 hour",
  24: "Keep the old secret for 24 hours",
};

interface RegenerateDialogProps {
  loginMethod: { id: string; name: string };
  /** Whether the provider uses the secret. */
  active: boolean;
  regenerate: RegenerateScim;
  onClose: () => void;
  onMade: (secret: string) => void;
}

/** A new SCIM Secret, and how long the old one still works. */
export function RegenerateDialog(props: RegenerateDialogProps) {
  const { loginMethod, active, regenerate, onClose, onMade } = props;
  const group = useId();
  const [overlapHours, setOverlap] = useState<ScimOverlapHours>(active ? 24 : 0);
  const { run, failure } = useAction(regenerate);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() =>
        run({ loginMethodId: loginMethod.id, overlapHours }, ({ secret }) => onMade(secret))
      }
      title="Regenerate the SCIM Secret?"
      confirmLabel="Regenerate Secret"
      tone={overlapHours === 0 && active ? "danger" : "primary"}
      {...(active && { typeToConfirm: loginMethod.name })}
    >
      <FailureBanner failure={failure} />
      <p>
        {overlapHours === 0
          ? `The provider of ${loginMethod.name} stops syncing until you paste the new secret there.`
          : `Paste the new secret into the provider of ${loginMethod.name} before the old one ends.`}{" "}
        A secret from before the present one ends at once.
      </p>
      <fieldset className="text-ink">
        <legend className="mb-1 font-medium">The old secret</legend>
        {SCIM_OVERLAP_HOURS.map((hours) => (
          <label key={hours} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name={group}
              className="size-4 accent-accent"
              checked={overlapHours === hours}
              onChange={() => setOverlap(hours)}
            />
            {OVERLAPS[hours]}
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
