"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import type { Result } from "@/lib/kit/result";
import type { UserSummary } from "@/lib/users/schema";

const UserDialog = dynamic(() => import("./user-dialog").then((m) => m.UserDialog));

type Act = (input: { id: string }) => Promise<Result<unknown>>;

export interface UserActionsProps {
  user: UserSummary;
  revoke: Act;
  disable: Act;
  enable: Act;
  remove: Act;
  /** Where to go once the person is removed; stays where it is when absent. */
  afterRemoval?: string;
}

export type UserAct = "revoke" | "disable" | "enable" | "remove";

/** What can be done to a person, each with its consequence before it happens. */
export function UserActions({ user, afterRemoval, ...acts }: UserActionsProps) {
  const router = useRouter();
  const [asked, ask] = useState<UserAct | null>(null);
  function done() {
    if (asked === "remove" && afterRemoval) router.push(afterRemoval);
    else router.refresh();
    ask(null);
  }
  return (
    <>
      <Menu
        label={`Actions for ${user.email}`}
        items={[
          { label: "Test policies for this user", href: `/team/users/${user.id}/policies` },
          { label: "Revoke sessions", onSelect: () => ask("revoke") },
          user.disabledAt
            ? { label: "Enable", onSelect: () => ask("enable") }
            : { label: "Disable", onSelect: () => ask("disable") },
          { label: "Remove", tone: "danger", onSelect: () => ask("remove") },
        ]}
      />
      {asked && (
        <UserDialog
          user={user}
          act={asked}
          run={acts[asked]}
          onClose={() => ask(null)}
          onDone={done}
        />
      )}
    </>
  );
}
