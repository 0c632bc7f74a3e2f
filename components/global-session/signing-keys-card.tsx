"use client";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Time } from "@/components/ui/time";
import { OVERLAP_DAYS, type SigningKey } from "@/lib/keys/schema";
import type { Result } from "@/lib/kit/result";
import { SettingForm } from "./setting-form";

export type ShownKey = Pick<SigningKey, "kid" | "createdAt" | "retiredAt" | "expiresAt">;

interface SigningKeysCardProps {
  keys: ShownKey[];
  rotationDays: number;
  certsUrl: string;
  mayChange: boolean;
  rotate: (input: Record<string, never>) => Promise<Result<unknown>>;
  saveDays: (input: { days: string }) => Promise<Result<unknown>>;
}

function KeyRow({ kid, createdAt, expiresAt, retiredAt }: ShownKey) {
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="min-w-0 break-all font-mono text-[0.8125rem]">{kid}</code>
        <Badge tone={retiredAt ? "neutral" : "success"}>
          {retiredAt ? "Verifies only" : "Signs"}
        </Badge>
      </div>
      <p className="mt-0.5 text-muted">
        Made <Time value={createdAt} />
        {expiresAt && (
          <>
            , gone <Time value={expiresAt} />
          </>
        )}
      </p>
    </li>
  );
}

function RotateButton({ rotate }: Pick<SigningKeysCardProps, "rotate">) {
  const [open, setOpen] = useState(false);
  const { run, failure } = useAction(rotate);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rotate now</Button>
      <ConfirmDialog
        open={open}
        onClose={close}
        onConfirm={() => run({}, close)}
        title="Rotate the signing key now?"
        confirmLabel="Rotate now"
        tone="primary"
      >
        <FailureBanner failure={failure} />
        <p>
          A new key signs from now on. Tokens of the key before stay good for {OVERLAP_DAYS} days,
          so nobody has to sign in again.
        </p>
        <p>
          Applications that verify tokens must read the keys from the certificates address, not keep
          one of them.
        </p>
      </ConfirmDialog>
    </>
  );
}

/** The keys of application tokens. */
export function SigningKeysCard(props: SigningKeysCardProps) {
  const { keys, rotationDays, certsUrl, mayChange, rotate, saveDays } = props;
  return (
    <Card
      id="signing-keys"
      title="Signing keys"
      description="Application tokens are signed with these. Applications verify them with the public halves."
      actions={mayChange && <RotateButton rotate={rotate} />}
    >
      <div className="space-y-5">
        {keys.length > 0 ? (
          <ul className="divide-y divide-line" aria-label="Signing keys">
            {keys.map((key) => (
              <KeyRow key={key.kid} {...key} />
            ))}
          </ul>
        ) : (
          <p>The first key is made when the first person signs in.</p>
        )}
        <CopyField label="Certificates (JWKS)" value={certsUrl} />
        {mayChange ? (
          <SettingForm
            id="days"
            label="Rotate every so many days"
            help={`From 1 to 365. The key before stays good for ${OVERLAP_DAYS} days more.`}
            value={String(rotationDays)}
            save={(days) => saveDays({ days })}
          >
            {({ value, ...aria }, onChange) => (
              <Input
                {...aria}
                inputMode="numeric"
                value={value}
                onChange={({ target }) => onChange(target.value)}
                maxLength={4}
                autoComplete="off"
                className="max-w-28"
              />
            )}
          </SettingForm>
        ) : (
          <p>Rotates every {rotationDays} days.</p>
        )}
      </div>
    </Card>
  );
}
