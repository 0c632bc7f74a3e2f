"use client";
import { useRouter } from "next/navigation";
import type { Result } from "@/lib/kit/result";
import type { Policy } from "@/lib/policies/schema";
import { exportPolicy } from "./exported";
import { applicationPath, POLICIES, policyPath } from "./policy-words";
import { RulesMenu } from "./rules-menu";

interface PolicyActionsProps {
  policy: Policy;
  /** Whether it stands on the page of the policy itself. */
  onPage?: boolean;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
}

/** What can be done with a policy, in its row and on its page. */
export function PolicyActions({ policy, onPage = false, remove }: PolicyActionsProps) {
  const router = useRouter();
  const { id, name, usedBy } = policy;
  return (
    <RulesMenu
      subject={{
        ...{ id, name, remove, what: "policy", exported: exportPolicy(policy) },
        users: usedBy.map((user) => ({ ...user, href: applicationPath(user.id) })),
        inUse: "These applications use it. Take it out of them first.",
        consequence: "No application uses it. It cannot be brought back.",
      }}
      {...(!onPage && { edit: policyPath(id) })}
      duplicate={`${POLICIES}/new?copy=${id}`}
      onRemoved={() => (onPage ? router.push(POLICIES) : router.refresh())}
    />
  );
}
