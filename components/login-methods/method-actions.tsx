"use client";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/menu";
import type { Failure, Result } from "@/lib/kit/result";

export interface MethodActionsProps {
  id: string;
  name: string;
  enabled: boolean;
  setEnabled: (input: { id: string; enabled: boolean }) => Promise<Result<unknown>>;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
  onRemoved: () => void;
}

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer.",
  fix: "Check the connection to Gatehouse, then try again.",
};

/** Disable, enable and delete, each with its consequence. */
export function MethodActions(props: MethodActionsProps) {
  const { id, name, enabled, setEnabled, remove, onRemoved } = props;
  const [asking, setAsking] = useState<"disable" | "delete" | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(act: () => Promise<Result<unknown>>, then?: () => void) {
    const result = await act().catch(() => LOST);
    setFailure(result.ok ? null : result);
    if (!result.ok) return;
    setAsking(null);
    then?.();
  }
  function ask(what: "disable" | "delete") {
    setFailure(null);
    setAsking(what);
  }
  const problem = failure && (
    <Banner tone="danger" title={failure.message}>
      {failure.fix}
    </Banner>
  );

  return (
    <>
      <Menu
        label={`Actions for ${name}`}
        items={[
          enabled
            ? { label: "Disable", onSelect: () => ask("disable") }
            : {
                label: "Enable",
                onSelect: () => void run(() => setEnabled({ id, enabled: true })),
              },
          { label: "Delete", tone: "danger", onSelect: () => ask("delete") },
        ]}
      />
      {asking === null && problem}
      <ConfirmDialog
        open={asking === "disable"}
        onClose={() => setAsking(null)}
        onConfirm={() => run(() => setEnabled({ id, enabled: false }))}
        title={`Disable ${name}?`}
        confirmLabel="Disable"
      >
        <p>
          People can no longer choose {name} on the login page. Its settings stay, you can still
          test it, and you can enable it again at any time.
        </p>
        {problem}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === "delete"}
        onClose={() => setAsking(null)}
        onConfirm={() => run(() => remove({ id }), onRemoved)}
        title={`Delete ${name}?`}
        confirmLabel="Delete"
      >
        <p>
          People can no longer sign in with {name}. Its settings, its stored secrets and its test
          results are deleted and cannot be brought back. The app in your identity provider stays as
          it is.
        </p>
        {problem}
      </ConfirmDialog>
    </>
  );
}
