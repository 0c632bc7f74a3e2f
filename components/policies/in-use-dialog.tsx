"use client";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface InUseDialogProps {
  name: string;
  /** What to do first. */
  fix: string;
  users: readonly { id: string; name: string; href: string }[];
  onClose: () => void;
}

/** Why something cannot be deleted yet, with the way to each of its users. */
export function InUseDialog({ name, fix, users, onClose }: InUseDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${name} is in use`}
      footer={
        <Button data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="space-y-2 text-muted">
        <p>{fix}</p>
        <ul className="list-disc pl-5">
          {users.map((user) => (
            <li key={user.id}>
              <Link href={user.href} className="underline">
                {user.name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
