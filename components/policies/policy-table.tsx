"use client";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Result } from "@/lib/kit/result";
import { DECISION_LABELS, type Policy } from "@/lib/policies/schema";
import { PolicyActions } from "./policy-actions";
import { applicationPath, DECISION_TONES, policyPath } from "./policy-words";
import { UsedBy } from "./used-by";

const COLUMNS = ["Name", "Action", "What it does", "Used by", "Updated", ""];
const SEARCH_FROM = 9;

export interface PolicyItem extends Policy {
  /** In plain words, made by the server. */
  sentence: string;
}

interface PolicyTableProps {
  policies: readonly PolicyItem[];
  /** Null for those who may only read. */
  remove: ((input: { id: string }) => Promise<Result<unknown>>) | null;
}

function PolicyRow({ policy, remove }: { policy: PolicyItem; remove: PolicyTableProps["remove"] }) {
  const { id, name, decision, sentence, usedBy, updatedAt } = policy;
  return (
    <Row>
      <Cell>
        <Link href={policyPath(id)} className="min-w-0 break-words font-medium hover:underline">
          {name}
        </Link>
      </Cell>
      <Cell label="Action">
        <Badge tone={DECISION_TONES[decision]}>{DECISION_LABELS[decision]}</Badge>
      </Cell>
      <Cell label="What it does">
        <span className="line-clamp-3 min-w-0 max-w-xl break-words">{sentence}</span>
      </Cell>
      <Cell label="Used by">
        <UsedBy
          users={usedBy.map((user) => ({ ...user, href: applicationPath(user.id) }))}
          none="No application"
        />
      </Cell>
      <Cell label="Updated">
        <Time value={updatedAt} />
      </Cell>
      <Cell>{remove && <PolicyActions policy={policy} remove={remove} />}</Cell>
    </Row>
  );
}

export function PolicyTable({ policies, remove }: PolicyTableProps) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = policies.filter(({ name, sentence }) =>
    `${name} ${sentence}`.toLowerCase().includes(wanted),
  );
  return (
    <div className="space-y-4">
      {policies.length >= SEARCH_FROM && (
        <div className="max-w-sm">
          <Field id="search" label="Search policies">
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
            {query && `${found.length} of ${policies.length} policies`}
          </p>
        </div>
      )}
      {found.length === 0 ? (
        <EmptyState
          title="No policy matches"
          actions={<Button onClick={() => setQuery("")}>Show all</Button>}
        />
      ) : (
        <Table label="Policies" columns={COLUMNS}>
          {found.map((policy) => (
            <PolicyRow key={policy.id} policy={policy} remove={remove} />
          ))}
        </Table>
      )}
    </div>
  );
}
