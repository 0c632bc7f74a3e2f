"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Menu } from "@/components/ui/menu";
import type { Failure, Result } from "@/lib/kit/result";
import type { CopyKind } from "./copy-dialog";
import { LOST, type SetEnabled, useEnable } from "./use-enable";

const CopyDialog = dynamic(() => import("./copy-dialog").then((module) => module.CopyDialog), {
  ssr: false,
});

const MethodDialogs = dynamic(
  () => import("./method-dialogs").then((module) => module.MethodDialogs),
  { ssr: false },
);

export interface MethodActionsProps {
  id: string;
  /** Null for a type that this version does not know: there is no form to copy it into. */
  kind: string | null;
  name: string;
  enabled: boolean;
  setEnabled: SetEnabled;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
  onRemoved: () => void;
}

/** Copies, and disable, enable and delete, each with its consequence. */
export function MethodActions(props: MethodActionsProps) {
  const { id, kind, name, enabled, setEnabled, remove, onRemoved } = props;
  const { enable, dialog } = useEnable({ id, name, setEnabled });
  const [copying, setCopying] = useState<CopyKind | null>(null);
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
          ...(kind === null
            ? []
            : [
                {
                  label: "Duplicate",
                  href: `/settings/authentication/login-methods/new/${kind}?copy=${id}`,
                },
                { label: "Copy as JSON", onSelect: () => setCopying("json") },
                { label: "Copy as POST request", onSelect: () => setCopying("request") },
              ]),
          enabled
            ? { label: "Disable", onSelect: () => ask("disable") }
            : {
                label: "Enable",
                onSelect: enable,
              },
          { label: "Delete", tone: "danger", onSelect: () => ask("delete") },
        ]}
      />
      {asking === null && problem}
      {dialog}
      {copying && (
        <CopyDialog id={id} name={name} kind={copying} onClose={() => setCopying(null)} />
      )}
      {asking && (
        <MethodDialogs
          asking={asking}
          name={name}
          onClose={() => setAsking(null)}
          disable={() => run(() => setEnabled({ id, enabled: false }))}
          remove={() => run(() => remove({ id }), onRemoved)}
          problem={problem}
        />
      )}
    </>
  );
}
