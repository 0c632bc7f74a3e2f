"use client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Asks whether what was typed may be lost. */
export function LeaveDialog({ stay, leave }: { stay: () => void; leave: () => void }) {
  return (
    <Dialog
      open
      onClose={stay}
      title="Leave without saving?"
      footer={
        <>
          <Button data-autofocus="" onClick={stay}>
            Stay
          </Button>
          <Button variant="danger" onClick={leave}>
            Leave
          </Button>
        </>
      }
    >
      <p className="text-muted">What you changed on this page has not been saved.</p>
    </Dialog>
  );
}
