"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { guardLeaving, type Leave } from "./leaving";

/** Asks before a link, the Back button or a closing tab would lose what was typed. */
export function UnsavedChanges({ dirty }: { dirty: boolean }) {
  const [held, setHeld] = useState<{ leave: Leave } | null>(null);
  const stay = () => setHeld(null);

  useEffect(() => {
    if (!dirty) return;
    const release = guardLeaving((leave) => setHeld({ leave }));
    // For what stands outside the form and acts on what is saved.
    document.body.dataset.unsaved = "";
    return () => {
      release();
      delete document.body.dataset.unsaved;
    };
  }, [dirty]);

  return (
    <Dialog
      open={held !== null}
      onClose={stay}
      title="Leave without saving?"
      footer={
        <>
          <Button data-autofocus="" onClick={stay}>
            Stay
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              stay();
              held?.leave();
            }}
          >
            Leave
          </Button>
        </>
      }
    >
      <p className="text-muted">What you changed on this page has not been saved.</p>
    </Dialog>
  );
}
