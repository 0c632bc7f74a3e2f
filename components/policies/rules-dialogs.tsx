"use client";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { Result } from "@/lib/kit/result";
import { CopyDialog, type CopyKind } from "./copy-dialog";
import type { Exported } from "./exported";
import { InUseDialog } from "./in-use-dialog";

export type RulesQuestion = CopyKind | "delete";

export interface RulesSubject {
  id: string;
  /** `policy` or `access group`. */
  what: string;
  name: string;
  users: readonly { id: string; name: string; href: string }[];
  exported: Exported;
  /** What to do before it can be deleted. */
  inUse: string;
  /** What deleting it means. */
  consequence: string;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
}

interface RulesDialogsProps {
  asking: RulesQuestion;
  subject: RulesSubject;
  onClose: () => void;
  onRemoved: () => void;
}

/** Copies of a policy or an access group, and the question before it is deleted. */
export function RulesDialogs({ asking, subject, onClose, onRemoved }: RulesDialogsProps) {
  const { id, what, name, users, exported } = subject;
  const { run, failure } = useAction(subject.remove);
  if (asking !== "delete") {
    return <CopyDialog kind={asking} {...{ what, name, exported, onClose }} />;
  }
  if (users.length > 0) return <InUseDialog fix={subject.inUse} {...{ name, users, onClose }} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() =>
        run({ id }, () => {
          onClose();
          onRemoved();
        })
      }
      title={`Delete ${name}?`}
      confirmLabel="Delete"
    >
      <FailureBanner failure={failure} />
      <p>{subject.consequence}</p>
    </ConfirmDialog>
  );
}
