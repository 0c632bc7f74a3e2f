"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { TestLink } from "@/components/test-runs/test-link";
import { LinkButton } from "@/components/ui/button";
import { Cell, Row } from "@/components/ui/table";
import { Tile } from "@/components/ui/tile";
import type { LastTested } from "@/lib/test-runs/schema";
import { LastTestedCell } from "./last-tested";
import { MethodActions, type MethodActionsProps } from "./method-actions";
import type { MethodItem } from "./method-item";
import { ScimCell } from "./scim-cell";
import { StatusBadge } from "./status-badge";

const UNKNOWN = { monogram: "?", hue: "slate" } as const;

export interface MethodRowProps extends Pick<MethodActionsProps, "setEnabled" | "remove"> {
  method: MethodItem;
  run: LastTested | undefined;
  readOnly: boolean;
}

export function MethodRow({ method, run, readOnly, setEnabled, remove }: MethodRowProps) {
  const router = useRouter();
  const { id, kind, name, enabled, scim, fingerprint, type } = method;
  const path = `/settings/authentication/login-methods/${id}`;
  return (
    <Row>
      <Cell>
        <span className="flex items-center gap-3">
          <Tile tile={type?.tile ?? UNKNOWN} size="sm" />
          <Link href={path} className="min-w-0 break-words font-medium hover:underline">
            {name}
          </Link>
        </span>
      </Cell>
      <Cell label="Type">{type?.label ?? `Not supported: ${kind}`}</Cell>
      <Cell label="Status">
        <StatusBadge enabled={enabled} />
      </Cell>
      <Cell label="Last tested">
        <LastTestedCell loginMethodId={id} fingerprint={fingerprint} run={run} />
      </Cell>
      <Cell label="SCIM">
        <ScimCell id={id} state={scim} />
      </Cell>
      <Cell>
        {readOnly ? (
          <LinkButton href={path}>
            View<span className="sr-only"> {name}</span>
          </LinkButton>
        ) : (
          <span className="flex flex-wrap items-center gap-2 @4xl:flex-nowrap @4xl:justify-end">
            {type && <TestLink loginMethodId={id} name={name} />}
            <LinkButton href={path}>
              Edit<span className="sr-only"> {name}</span>
            </LinkButton>
            <MethodActions
              id={id}
              kind={type && kind}
              name={name}
              enabled={enabled}
              setEnabled={setEnabled}
              remove={remove}
              onRemoved={() => router.refresh()}
            />
          </span>
        )}
      </Cell>
    </Row>
  );
}
