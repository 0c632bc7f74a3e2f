"use client";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type AdminSummary, ROLE_WORDS } from "@/lib/admins/schema";
import type { Role } from "@/lib/kit/actor";
import type { Result } from "@/lib/kit/result";
import { RemoveAdminDialog } from "./remove-admin-dialog";
import { RoleDialog } from "./role-dialog";

interface AdminsTableProps {
  admins: AdminSummary[];
  ownId: string;
  mayChange: boolean;
  setRole: (input: { id: string; role: Role }) => Promise<Result<unknown>>;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
}

type Open = { what: "role" | "remove"; admin: AdminSummary } | null;

export function AdminsTable({ admins, ownId, mayChange, setRole, remove }: AdminsTableProps) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const owners = admins.filter(({ role }) => role === "owner").length;
  const isLastOwner = (admin: AdminSummary) => admin.role === "owner" && owners === 1;
  const columns = ["Name", "Email", "Role", "Last sign-in"];
  return (
    <>
      <Table label="Admins" columns={mayChange ? [...columns, ""] : columns}>
        {admins.map((admin) => (
          <Row key={admin.id}>
            <Cell className="font-medium">
              <span className="min-w-0 break-words">
                {admin.name}
                {admin.id === ownId && <span className="font-normal text-muted"> (you)</span>}
              </span>
            </Cell>
            <Cell label="Email">
              <span className="min-w-0 break-all">{admin.email}</span>
            </Cell>
            <Cell label="Role">{ROLE_WORDS[admin.role].label}</Cell>
            <Cell label="Last sign-in">
              {admin.lastSignInAt ? <Time value={admin.lastSignInAt} /> : "Never"}
            </Cell>
            {mayChange && (
              <Cell className="text-right">
                <Menu
                  label={`Actions for ${admin.name}`}
                  items={[
                    { label: "Change role", onSelect: () => setOpen({ what: "role", admin }) },
                    {
                      label: "Remove",
                      tone: "danger",
                      onSelect: () => setOpen({ what: "remove", admin }),
                    },
                  ]}
                />
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      {open?.what === "role" && (
        <RoleDialog
          admin={open.admin}
          isSelf={open.admin.id === ownId}
          isLastOwner={isLastOwner(open.admin)}
          setRole={setRole}
          onClose={close}
        />
      )}
      {open?.what === "remove" && (
        <RemoveAdminDialog
          admin={open.admin}
          isSelf={open.admin.id === ownId}
          isLastOwner={isLastOwner(open.admin)}
          remove={remove}
          onClose={close}
        />
      )}
    </>
  );
}
