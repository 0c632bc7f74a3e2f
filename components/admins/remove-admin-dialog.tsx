"use client";
import { Button } from "@/components/ui/button";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import type { AdminSummary } from "@/lib/admins/schema";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { useAction } from "./use-action";

interface RemoveAdminDialogProps {
  admin: AdminSummary;
  isSelf: boolean;
  isLastOwner: boolean;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
  onClose: () => void;
}

export function RemoveAdminDialog(props: RemoveAdminDialogProps) {
  const { admin, isSelf, isLastOwner, remove, onClose } = props;
  const { run, failure } = useAction(remove);
  const title = isSelf ? "Remove yourself?" : `Remove ${admin.name}?`;
  if (isLastOwner) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={title}
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <p className="text-muted">
          {isSelf ? "You are" : `${admin.name} is`} the last owner, and Gatehouse needs at least
          one. Make somebody else an owner first.
        </p>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => run({ id: admin.id }, onClose)}
      title={title}
      confirmLabel={isSelf ? "Remove me" : "Remove admin"}
      typeToConfirm={isSelf ? admin.email : undefined}
    >
      <FailureBanner failure={failure} />
      <p>
        {isSelf
          ? "You are signed out at once and cannot come back without a new invitation."
          : `${admin.email} is signed out at once, everywhere, and can come back only by a new invitation.`}
      </p>
      <p>
        What {isSelf ? "you" : "they"} changed stays as it is, and stays in the Admin log. Unused
        invitations of {isSelf ? "yours" : "theirs"} end.
      </p>
    </ConfirmDialog>
  );
}
