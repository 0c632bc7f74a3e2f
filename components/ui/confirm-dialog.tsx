"use client";
import { type ReactNode, useId, useState, useTransition } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog-frame";
import { Field } from "./field";
import { Input } from "./input";

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  /** May be asynchronous: the button shows that it works until it settles. */
  onConfirm: () => void | Promise<void>;
  title: ReactNode;
  confirmLabel: string;
  tone?: "danger" | "primary";
  /** Text that must be typed first, for what locks people out or cannot be undone. */
  typeToConfirm?: string;
  /** Names the object and the consequence. */
  children: ReactNode;
}

export function ConfirmDialog({ tone = "danger", ...props }: ConfirmDialogProps) {
  const { open, onClose, onConfirm, title, confirmLabel, typeToConfirm, children } = props;
  const form = useId();
  const [typed, setTyped] = useState("");
  const [pending, start] = useTransition();
  const allowed = !typeToConfirm || typed.trim() === typeToConfirm;

  function close() {
    setTyped("");
    onClose();
  }

  function confirm() {
    if (!allowed || pending) return;
    start(async () => {
      await onConfirm();
      setTyped("");
    });
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={close} data-autofocus={typeToConfirm ? undefined : ""}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant={tone} pending={pending} disabled={!allowed}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          // React's events leave a portal as well: a form around the dialog must not see this submit.
          event.stopPropagation();
          confirm();
        }}
        className="space-y-4"
      >
        <div className="space-y-2 text-muted">{children}</div>
        {typeToConfirm && (
          <Field
            id={`${form}-typed`}
            label={
              <>
                Type <strong className="font-mono">{typeToConfirm}</strong> to confirm
              </>
            }
          >
            {(aria) => (
              <Input
                {...aria}
                data-autofocus=""
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
