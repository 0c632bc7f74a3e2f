"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { guardLeaving, type Leave } from "./leaving";

const load = () => import("./leave-dialog").then((module) => module.LeaveDialog);
const LeaveDialog = dynamic(load, { ssr: false });

/** Asks before a link, the Back button or a closing tab would lose what was typed. */
export function UnsavedChanges({ dirty }: { dirty: boolean }) {
  const [held, setHeld] = useState<{ leave: Leave } | null>(null);
  const stay = () => setHeld(null);

  useEffect(() => {
    if (!dirty) return;
    // Here before it is needed: the server may be gone by then.
    void load().catch(() => undefined);
    const release = guardLeaving((leave) => setHeld({ leave }));
    // For what stands outside the form and acts on what is saved.
    document.body.dataset.unsaved = "";
    return () => {
      release();
      delete document.body.dataset.unsaved;
    };
  }, [dirty]);

  if (!held) return null;
  return (
    <LeaveDialog
      stay={stay}
      leave={() => {
        stay();
        held.leave();
      }}
    />
  );
}
