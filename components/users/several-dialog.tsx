"use client";
import type { ReactNode } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { Result } from "@/lib/kit/result";
import type { UserSummary } from "@/lib/users/schema";

export type ActOnSeveral = (input: { ids: string[] }) => Promise<Result<unknown>>;
export type SeveralAct = "revoke" | "remove";

const MOST_NAMED = 10;

export const countOf = (people: readonly unknown[]): string =>
  people.length === 1 ? "1 person" : `${people.length} people`;

function Names({ people }: { people: readonly UserSummary[] }) {
  const more = people.length - MOST_NAMED;
  return (
    <ul className="list-disc space-y-0.5 pl-5 text-ink">
      {people.slice(0, MOST_NAMED).map(({ id, email }) => (
        <li key={id} className="break-all">
          {email}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

/** What it comes to, as for one of them. */
const CONSEQUENCES: Record<SeveralAct, (people: readonly UserSummary[]) => ReactNode> = {
  revoke: () => (
    <p>
      All their sessions end within a second, in every application. They can sign in again if
      policies allow. To keep somebody out, disable them.
    </p>
  ),
  remove: (people) => (
    <>
      <p>
        All their sessions end within a second, their seats become free, and their identities are
        deleted. The logs stay. Nothing keeps them from signing in again where policies allow; they
        then get another user id.
      </p>
      {people.some(({ source }) => source === "scim") && (
        <p>
          Whom a provider still pushes by SCIM stands here again after its next change of them, or
          their next login.
        </p>
      )}
    </>
  ),
};

interface SeveralDialogProps {
  people: readonly UserSummary[];
  act: SeveralAct;
  run: ActOnSeveral;
  onClose: () => void;
  onDone: () => void;
}

export function SeveralDialog({ people, act, run: action, onClose, onDone }: SeveralDialogProps) {
  const { run, failure } = useAction(action);
  const count = countOf(people);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => run({ ids: people.map(({ id }) => id) }, onDone)}
      title={act === "remove" ? `Remove ${count}?` : `Revoke the sessions of ${count}?`}
      confirmLabel={act === "remove" ? "Remove" : "Revoke"}
      typeToConfirm={act === "remove" ? count : undefined}
    >
      <FailureBanner failure={failure} />
      <Names people={people} />
      {CONSEQUENCES[act](people)}
    </ConfirmDialog>
  );
}
