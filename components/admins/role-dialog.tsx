"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type AdminSummary, ROLE_WORDS } from "@/lib/admins/schema";
import type { Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { RoleChoice } from "./role-choice";
import { useAction } from "./use-action";

interface RoleDialogProps {
  admin: AdminSummary;
  isSelf: boolean;
  isLastOwner: boolean;
  setRole: (input: { id: string; role: Role }) => Promise<Result<unknown>>;
  onClose: () => void;
}

function Consequence({ isSelf, isLastOwner, admin }: Omit<RoleDialogProps, "setRole" | "onClose">) {
  if (isLastOwner) {
    return (
      <p className="text-muted">
        {isSelf ? "You are" : `${admin.name} is`} the last owner. Make somebody else an owner first.
      </p>
    );
  }
  return (
    <p className="text-muted">
      It takes effect at once, in open sessions too.
      {isSelf && admin.role === "owner" && " You cannot make yourself an owner again."}
    </p>
  );
}

export function RoleDialog(props: RoleDialogProps) {
  const { admin, isLastOwner, setRole, onClose } = props;
  const [role, choose] = useState<Role>(admin.role);
  const { run, pending, failure } = useAction(setRole);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Role of ${admin.name}`}
      footer={
        <>
          <Button onClick={onClose} data-autofocus="">
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={pending}
            disabled={role === admin.role || isLastOwner}
            onClick={() => void run({ id: admin.id, role }, onClose)}
          >
            {role === admin.role ? "Change role" : `Make ${ROLE_WORDS[role].label}`}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <FailureBanner failure={failure} />
        <RoleChoice value={role} onChange={choose} />
        <Consequence {...props} />
      </div>
    </Dialog>
  );
}
