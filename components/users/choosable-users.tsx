"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { UserSummary } from "@/lib/users/schema";
import { type ActOnSeveral, countOf, type SeveralAct } from "./several-dialog";
import type { UserActionsProps } from "./user-actions";
import { UserTable } from "./user-table";

const SeveralDialog = dynamic(() => import("./several-dialog").then((m) => m.SeveralDialog));

interface ChoosableUsersProps extends Omit<UserActionsProps, "user"> {
  users: UserSummary[];
  several: Record<SeveralAct, ActOnSeveral>;
}

/** The people of a page, of whom some can be chosen to do the same to all of them. */
export function ChoosableUsers({ users, several, ...actions }: ChoosableUsersProps) {
  const router = useRouter();
  const [chosen, choose] = useState<readonly string[]>([]);
  const [asked, ask] = useState<SeveralAct | null>(null);
  // Who is gone, or on another page by now, is not chosen any more.
  const people = users.filter(({ id }) => chosen.includes(id));
  const all = people.length === users.length;

  function close() {
    ask(null);
    router.refresh();
  }
  return (
    <>
      <div className="mb-2 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        <label className="flex min-h-8 items-center gap-2">
          <input
            ref={(box) => {
              if (box) box.indeterminate = people.length > 0 && !all;
            }}
            type="checkbox"
            className="size-4 accent-accent"
            checked={all}
            onChange={() => choose(all ? [] : users.map(({ id }) => id))}
          />
          Choose all on this page
        </label>
        <p role="status" className="text-muted">
          {people.length > 0 && `${countOf(people)} chosen`}
        </p>
        {people.length > 0 && (
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => ask("revoke")}>
              Revoke sessions
            </Button>
            <Button size="sm" onClick={() => ask("remove")}>
              Remove
            </Button>
          </span>
        )}
      </div>
      <UserTable
        users={users}
        actions={actions}
        choice={{
          chosen: people.map(({ id }) => id),
          toggle: (id) =>
            choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
        }}
      />
      {asked && (
        <SeveralDialog
          people={people}
          act={asked}
          run={several[asked]}
          onClose={close}
          onDone={() => {
            choose([]);
            close();
          }}
        />
      )}
    </>
  );
}
