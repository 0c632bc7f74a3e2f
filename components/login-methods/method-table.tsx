"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Table } from "@/components/ui/table";
import type { LastTested } from "@/lib/test-runs/schema";
import type { MethodItem } from "./method-item";
import { MethodRow, type MethodRowProps } from "./method-row";

const SEARCH_FROM = 9;
const COLUMNS = ["Name", "Type", "Status", "Last tested", "SCIM", ""];

interface MethodTableProps extends Pick<MethodRowProps, "readOnly" | "setEnabled" | "remove"> {
  methods: MethodItem[];
  runs: Record<string, LastTested>;
}

const matches = ({ name, kind, type }: MethodItem, query: string): boolean =>
  `${name} ${type?.label ?? kind}`.toLowerCase().includes(query.trim().toLowerCase());

export function MethodTable({ methods, runs, ...row }: MethodTableProps) {
  const [query, setQuery] = useState("");
  const found = methods.filter((method) => matches(method, query));
  return (
    <div className="space-y-4">
      {methods.length >= SEARCH_FROM && (
        <div className="max-w-sm">
          <Field id="search" label="Search login methods">
            {(aria) => (
              <Input
                {...aria}
                type="search"
                value={query}
                onChange={(event) => setQuery(event.target.value)}
              />
            )}
          </Field>
          <p role="status" className="sr-only">
            {query && `${found.length} of ${methods.length} login methods`}
          </p>
        </div>
      )}
      {found.length === 0 ? (
        <EmptyState
          title="No login method matches"
          actions={<Button onClick={() => setQuery("")}>Show all</Button>}
        />
      ) : (
        <Table label="Login methods" columns={COLUMNS}>
          {found.map((method) => (
            <MethodRow key={method.id} method={method} run={runs[method.id]} {...row} />
          ))}
        </Table>
      )}
    </div>
  );
}
