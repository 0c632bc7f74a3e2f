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
import { type KeyState, OVERLAP_DAYS, PUBLISHED_MINUTES, type SigningKey } from "@/lib/keys/schema";
import type { Result } from "@/lib/kit/result";
import { SettingForm } from "./setting-form";

export type ShownKey = Pick<SigningKey, "kid" | "createdAt" | "expiresAt"> & { state: KeyState };

const BADGES = {
  signs: { tone: "success", label: "Signs" },
  next: { tone: "info", label: "Signs next" },
  previous: { tone: "neutral", label: "Verifies only" },
} as const;

interface SigningKeysCardProps {
  keys: ShownKey[];
  rotationDays: number;
  certsUrl: string;
  mayChange: boolean;
  rotate: (input: Record<string, never>) => Promise<Result<unknown>>;
  saveDays: (input: { days: string }) => Promise<Result<unknown>>;
}

function KeyRow({ kid, createdAt, expiresAt, state }: ShownKey) {
  const { tone, label } = BADGES[state];
  return (
    <li className="py-2.5 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="min-w-0 break-all font-mono text-[0.8125rem]">{kid}</code>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="mt-0.5 text-muted">
        Made <Time value={createdAt} />
        {state === "next" && `, signs ${PUBLISHED_MINUTES} minutes later`}
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
          The new key is published now and signs in {PUBLISHED_MINUTES} minutes, so that
          applications which keep the keys for a minute know it by then. Nobody has to sign in
          again: the key before verifies for {OVERLAP_DAYS} days more, and longer where a session
          that began under it lasts longer.
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
            help={`From 1 to 365. The key before verifies for ${OVERLAP_DAYS} days more, and longer where a session that began under it lasts longer.`}
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
