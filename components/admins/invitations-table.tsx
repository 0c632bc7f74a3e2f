"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type InvitationSummary, ROLE_WORDS } from "@/lib/admins/schema";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { useAction } from "./use-action";

interface InvitationsTableProps {
  invitations: InvitationSummary[];
  mayChange: boolean;
  revoke: (input: { id: string }) => Promise<Result<unknown>>;
}

export function InvitationsTable({ invitations, mayChange, revoke }: InvitationsTableProps) {
  const [open, setOpen] = useState<InvitationSummary | null>(null);
  const { run, failure } = useAction(revoke);
  const close = () => setOpen(null);
  const columns = ["Email", "Role", "Invited", "Status"];
  return (
    <>
      <Table label="Invitations" columns={mayChange ? [...columns, ""] : columns}>
        {invitations.map((invitation) => (
          <Row key={invitation.id}>
            <Cell className="font-medium">
              <span className="min-w-0 break-all">{invitation.email}</span>
            </Cell>
            <Cell label="Role">{ROLE_WORDS[invitation.role].label}</Cell>
            <Cell label="Invited">
              <Time value={invitation.createdAt} />
            </Cell>
            <Cell label="Status">
              {invitation.expired ? (
                <Badge tone="warning">Expired</Badge>
              ) : (
                <span>
                  <Badge tone="info">Pending</Badge>{" "}
                  <span className="text-muted">
                    ends <Time value={invitation.expiresAt} />
                  </span>
                </span>
              )}
            </Cell>
            {mayChange && (
              <Cell className="text-right">
                <Button onClick={() => setOpen(invitation)}>
                  Revoke<span className="sr-only"> invitation of {invitation.email}</span>
                </Button>
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      {open && (
        <ConfirmDialog
          open
          onClose={close}
          onConfirm={() => run({ id: open.id }, close)}
          title="Revoke this invitation?"
          confirmLabel="Revoke"
        >
          <FailureBanner failure={failure} />
          <p>The link that {open.email} was sent stops working at once.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
