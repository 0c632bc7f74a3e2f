"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import type { Result } from "@/lib/kit/result";
import { browserName } from "@/lib/sessions/browser-name";
import type { SessionSummary } from "@/lib/sessions/schema";

type Revoke = (input: { id: string }) => Promise<Result<unknown>>;

function stateOf({ revokedAt, expiresAt, applications }: SessionSummary, now: number) {
  if (revokedAt) return { tone: "danger", word: "Revoked", live: false } as const;
  const until = [expiresAt, ...applications.map((each) => each.expiresAt)].map(Date.parse);
  return Math.max(...until) > now
    ? ({ tone: "success", word: "Live", live: true } as const)
    : ({ tone: "neutral", word: "Ended", live: false } as const);
}

function Applications({
  applications,
  revokedAt,
}: Pick<SessionSummary, "applications" | "revokedAt">) {
  if (applications.length === 0) return <>None yet</>;
  return (
    <ul className="space-y-1">
      {applications.map(({ id, name, host, expiresAt }) => (
        <li key={id}>
          {name} <span className="text-muted">at {host}</span>
          {/* Revoked, its tokens are worth nothing whatever they say. */}
          {!revokedAt && (
            <>
              <span className="text-muted">, token ends </span>
              <Time value={expiresAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function RevokeDialog({
  session,
  revoke,
  onClose,
}: {
  session: SessionSummary;
  revoke: Revoke;
  onClose: () => void;
}) {
  const router = useRouter();
  const { run, failure } = useAction(revoke);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() =>
        run({ id: session.id }, () => {
          onClose();
          router.refresh();
        })
      }
      title="Revoke this session?"
      confirmLabel="Revoke"
    >
      <FailureBanner failure={failure} />
      <p>
        It ends within a second, in every application. Other sessions of this person go on. They can
        sign in again if policies allow.
      </p>
    </ConfirmDialog>
  );
}

interface SessionListProps {
  sessions: SessionSummary[];
  /** Milliseconds since 1970, of the server. */
  now: number;
  /** Null for those who may only read. */
  revoke: Revoke | null;
}

/** The sessions of a person, newest first. */
export function SessionList({ sessions, now, revoke }: SessionListProps) {
  const [asked, ask] = useState<SessionSummary | null>(null);
  return (
    <div className="space-y-5">
      {sessions.map((session) => {
        const { tone, word, live } = stateOf(session, now);
        return (
          <Card
            key={session.id}
            title={
              <span className="flex flex-wrap items-center gap-2">
                {browserName(session.userAgent)}
                <Badge tone={tone}>{word}</Badge>
              </span>
            }
            actions={
              live && revoke ? (
                <Button size="sm" onClick={() => ask(session)}>
                  Revoke<span className="sr-only"> the session from {session.ip}</span>
                </Button>
              ) : undefined
            }
          >
            <DescriptionList
              items={[
                { term: "Started", value: <Time value={session.createdAt} /> },
                ...(session.userAgent ? [{ term: "Browser", value: session.userAgent }] : []),
                {
                  term: "From",
                  value: [session.ip, session.country].filter(Boolean).join(", ") || "Unknown",
                },
                { term: "Login method", value: session.loginMethod.name },
                session.revokedAt
                  ? {
                      term: "Revoked",
                      value: (
                        <>
                          <Time value={session.revokedAt} /> {session.revokedBecause}
                        </>
                      ),
                    }
                  : { term: "Global session ends", value: <Time value={session.expiresAt} /> },
                {
                  term: "Applications",
                  value: <Applications {...session} />,
                },
              ]}
            />
          </Card>
        );
      })}
      {asked && revoke && (
        <RevokeDialog session={asked} revoke={revoke} onClose={() => ask(null)} />
      )}
    </div>
  );
}
