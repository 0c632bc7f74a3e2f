"use client";
import type { ReactNode } from "react";
import { ConfirmDialog } from "@/components/ui/dialog";

interface MethodDialogsProps {
  asking: "disable" | "delete";
  name: string;
  onClose: () => void;
  disable: () => Promise<void>;
  remove: () => Promise<void>;
  problem: ReactNode;
}

/** Asks before a login method is disabled or deleted, with the consequence. */
export function MethodDialogs(props: MethodDialogsProps) {
  const { asking, name, onClose, disable, remove, problem } = props;
  return asking === "disable" ? (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={disable}
      title={`Disable ${name}?`}
      confirmLabel="Disable"
    >
      <p>
        People can no longer choose {name} on the login page. Its settings stay, you can still test
        it, and you can enable it again at any time.
      </p>
      {problem}
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={remove}
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
  );
}
