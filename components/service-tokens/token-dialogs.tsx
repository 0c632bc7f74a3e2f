"use client";
import Link from "next/link";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { namingPath } from "@/components/policies/policy-words";
import { Button } from "@/components/ui/button";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import type { ServiceTokenSecret } from "@/lib/service-tokens/schema";
import { RotateDialog } from "./rotate-dialog";
import type { TokenActions, TokenItem } from "./words";

export type TokenQuestion = "rotate" | "disable" | "delete";

interface TokenDialogsProps {
  asking: TokenQuestion;
  token: TokenItem;
  actions: TokenActions;
  onClose: () => void;
  onRotated: (secret: ServiceTokenSecret) => void;
}

/** A policy that names it would let nobody in, so it goes first. */
function InUse({ token, onClose }: Pick<TokenDialogsProps, "token" | "onClose">) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${token.name} is in use`}
      footer={
        <Button data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="space-y-2 text-muted">
        <p>These policies and access groups name it. Take it out of them first, or disable it.</p>
        <ul className="list-disc pl-5">
          {token.usedBy.map((user) => (
            <li key={user.id}>
              <Link href={namingPath(user)} className="underline">
                {user.name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

/** Asks before a service token is rotated, disabled or deleted, with the consequence. */
export function TokenDialogs({ asking, token, actions, onClose, onRotated }: TokenDialogsProps) {
  const { id, name } = token;
  const disable = useAction(actions.setEnabled);
  const remove = useAction(actions.remove);
  if (asking === "rotate") {
    const { rotate } = actions;
    return <RotateDialog {...{ id, name, rotate, onClose, onRotated }} />;
  }
  if (asking === "delete" && token.usedBy.length > 0) return <InUse {...{ token, onClose }} />;
  return asking === "disable" ? (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => disable.run({ id, enabled: false }, onClose)}
      title={`Disable ${name}?`}
      confirmLabel="Disable"
    >
      <FailureBanner failure={disable.failure} />
      <p>
        Programs that use it are refused from the next request on. You can enable it again at any
        time.
      </p>
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => remove.run({ id }, onClose)}
      title={`Delete ${name}?`}
      confirmLabel="Delete"
    >
      <FailureBanner failure={remove.failure} />
      <p>
        Programs that use it are refused from the next request on. Its secret cannot be brought
        back.
      </p>
    </ConfirmDialog>
  );
}
