"use client";
import type { ReactNode } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { Result } from "@/lib/kit/result";
import type { UserSummary } from "@/lib/users/schema";
import type { UserAct } from "./user-actions";

interface Question {
  title: (email: string) => string;
  confirm: string;
  tone: "danger" | "primary";
  consequence: (user: UserSummary) => ReactNode;
}

const sessions = ({ sessions: count }: UserSummary): string =>
  count === 1 ? "The session" : `All ${count} sessions`;

const QUESTIONS: Record<UserAct, Question> = {
  revoke: {
    title: (email) => `Revoke the sessions of ${email}?`,
    confirm: "Revoke",
    tone: "danger",
    consequence: (user) => (
      <>
        <p>{sessions(user)} of this person end everywhere within a second, in every application.</p>
        <p>They can sign in again if policies allow. To keep them out, disable them.</p>
      </>
    ),
  },
  disable: {
    title: (email) => `Disable ${email}?`,
    confirm: "Disable",
    tone: "danger",
    consequence: () => (
      <p>
        All sessions of this person end within a second, and they cannot sign in by this login
        method until you enable them again. Their seat stays taken.
      </p>
    ),
  },
  enable: {
    title: (email) => `Enable ${email}?`,
    confirm: "Enable",
    tone: "primary",
    consequence: () => <p>They can sign in again where policies allow it.</p>,
  },
  remove: {
    title: (email) => `Remove ${email}?`,
    confirm: "Remove",
    tone: "danger",
    consequence: (user) => (
      <>
        <p>
          All sessions end within a second, the seat becomes free, and the identity is deleted. The
          logs stay.
        </p>
        <p>
          Nothing keeps them from signing in again where policies allow; they then get another user
          id. To keep them out, disable them.
        </p>
        {user.source === "scim" && (
          <p>
            {user.loginMethod.name} still pushes this person by SCIM: they stand here again after
            its next change of them, or their next login, under another user id. To be rid of them,
            take them out of the provisioning application there.
          </p>
        )}
      </>
    ),
  },
};

interface UserDialogProps {
  user: UserSummary;
  act: UserAct;
  run: (input: { id: string }) => Promise<Result<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

export function UserDialog({ user, act, run: action, onClose, onDone }: UserDialogProps) {
  const { title, confirm, tone, consequence } = QUESTIONS[act];
  const { run, failure } = useAction(action);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => run({ id: user.id }, onDone)}
      title={title(user.email)}
      confirmLabel={confirm}
      tone={tone}
      typeToConfirm={act === "remove" ? user.email : undefined}
    >
      <FailureBanner failure={failure} />
      {consequence(user)}
    </ConfirmDialog>
  );
}
