"use client";
import Link from "next/link";
import { unstable_rethrow } from "next/navigation";
import { useState } from "react";
import { runPath } from "@/components/test-runs/words";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Failure, Result } from "@/lib/kit/result";
import type { LinkState, TestLinkSummary } from "@/lib/test-links/schema";

const LOOK = {
  unused: { tone: "info", label: "Unused" },
  used: { tone: "success", label: "Used" },
  expired: { tone: "neutral", label: "Expired" },
  revoked: { tone: "neutral", label: "Revoked" },
  void: { tone: "warning", label: "Not valid" },
} as const satisfies Record<LinkState, object>;

const LOST: Failure = {
  ok: false,
  code: "unavailable",
  message: "Gatehouse did not answer. Nothing is known to have changed.",
  fix: "Check the connection to Gatehouse, then try again.",
};

function Outcome({ link, loginMethodId }: { link: TestLinkSummary; loginMethodId: string }) {
  const { state, usedAt, runId, expiresAt } = link;
  if (state === "used" && usedAt) {
    return (
      <>
        <Time value={usedAt} />
        {runId && (
          <>
            {": "}
            <Link href={runPath(loginMethodId, runId)} className="text-accent underline">
              result
            </Link>
          </>
        )}
      </>
    );
  }
  if (state === "unused") {
    return (
      <>
        ends <Time value={expiresAt} />
      </>
    );
  }
  return state === "void" ? <>Who made it may not start tests any more.</> : null;
}

interface LinksTableProps {
  loginMethodId: string;
  links: readonly TestLinkSummary[];
  mayRevoke: boolean;
  revoke: (input: { id: string }) => Promise<Result<unknown>>;
}

/** The shared links of a login method, newest first. Their addresses are known to nobody here. */
export function LinksTable({ loginMethodId, links, mayRevoke, revoke }: LinksTableProps) {
  const [asking, setAsking] = useState<TestLinkSummary | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const columns = ["Link", "Made by", "Made", "What became of it"];

  async function confirm(id: string) {
    const result = await revoke({ id }).catch((error: unknown) => {
      unstable_rethrow(error);
      return LOST;
    });
    setFailure(result.ok ? null : result);
    if (result.ok) setAsking(null);
  }

  return (
    <>
      <Table label="Test links" columns={mayRevoke ? [...columns, ""] : columns}>
        {links.map((link) => (
          <Row key={link.id}>
            <Cell>
              <span className="flex flex-wrap items-center gap-2">
                <Badge tone={LOOK[link.state].tone}>{LOOK[link.state].label}</Badge>
                {link.draft && <span className="text-muted">unsaved changes</span>}
              </span>
            </Cell>
            <Cell label="Made by">{link.createdBy}</Cell>
            <Cell label="Made">
              <Time value={link.createdAt} />
            </Cell>
            <Cell label="What became of it" className="text-muted">
              <span>
                <Outcome link={link} loginMethodId={loginMethodId} />
              </span>
            </Cell>
            {mayRevoke && (
              <Cell className="text-right">
                {link.state === "unused" && (
                  <Button
                    size="sm"
                    onClick={() => {
                      setFailure(null);
                      setAsking(link);
                    }}
                  >
                    Revoke<span className="sr-only"> the link of {link.createdBy}</span>
                  </Button>
                )}
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(null)}
          onConfirm={() => confirm(asking.id)}
          title="Revoke this test link?"
          confirmLabel="Revoke"
        >
          {failure && (
            <Banner tone="danger" title={failure.message}>
              {failure.fix}
            </Banner>
          )}
          <p>Whoever was sent it can no longer use it. A sign-in that has begun goes on.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
