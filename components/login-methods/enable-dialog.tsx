"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Failure } from "@/lib/kit/result";

/** Asks before what never passed is put on the login page. */
export function EnableDialog(props: {
  name: string;
  refused: Failure;
  problem: ReactNode;
  test: ReactNode;
  pending: boolean;
  onClose: () => void;
  onAccept: () => void;
}) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Enable ${props.name}?`}
      footer={
        <>
          <Button data-autofocus="" onClick={props.onClose}>
            Cancel
          </Button>
          <Button variant="danger" pending={props.pending} onClick={props.onAccept}>
            Enable anyway
          </Button>
          {props.test}
        </>
      }
    >
      <div className="space-y-2 text-muted">
        <p>
          {props.refused.message} Once it is enabled, people can choose it on the login page, and
          those who have no other way could be locked out.
        </p>
        <p>
          You are not: admins sign in to this console with a password, never with a login method.
        </p>
        {props.problem}
      </div>
    </Dialog>
  );
}
