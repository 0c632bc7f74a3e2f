"use client";
import Link from "next/link";
import { QueryProvider } from "@/components/query-provider";
import { Badge } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { ScimHealth } from "@/lib/scim/health/schema";
import { scimLogOf } from "@/lib/scim/log/links";
import { useScimHealth } from "./use-scim-health";

const LINK = "text-accent underline underline-offset-2";

function LastRequest({ health }: { health: ScimHealth }) {
  if (!health.lastAt) return <Badge tone="info">Waiting for the first request</Badge>;
  const from = [health.lastIp, health.lastClient].filter(Boolean).join(", ");
  return (
    <>
      <Time value={health.lastAt} />
      {from && <span className="text-muted"> from {from}</span>}
    </>
  );
}

function LastError({ id, health }: { id: string; health: ScimHealth }) {
  if (!health.lastErrorAt) return <>None</>;
  return (
    <>
      <Time value={health.lastErrorAt} />: {health.lastError}{" "}
      <Link href={scimLogOf({ idp: id, status: "FAILURE" })} className={LINK}>
        Failures in the log
      </Link>
    </>
  );
}

/** Shown while nothing with the right secret came later: the provider's secret may be an old one. */
function LastRefusal({ id, health }: { id: string; health: ScimHealth }) {
  if (!health.lastRefusalAt) return <>{health.lastAt ? "None since the last request" : "None"}</>;
  return (
    <>
      <Time value={health.lastRefusalAt} />: {health.lastRefusal} If that was not your provider,
      there is nothing to do.{" "}
      <Link href={scimLogOf({ idp: id, status: "FAILURE" })} className={LINK}>
        Failures in the log
      </Link>
    </>
  );
}

const counted = (count: number, one: string, more: string) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`;

function Box({ id, health: initial }: { id: string; health: ScimHealth }) {
  const health = useScimHealth(id, initial);
  const { users, groups } = health;
  return (
    <section
      aria-label="What the provider pushed"
      className="rounded-md border border-line bg-sunken/40 px-4 py-3"
    >
      <span role="status" className="sr-only">
        {health.lastAt ? "The provider is connected." : "Waiting for the first request."}
      </span>
      <DescriptionList
        items={[
          { term: "Last request", value: <LastRequest health={health} /> },
          { term: "Last error", value: <LastError id={id} health={health} /> },
          { term: "Last refusal", value: <LastRefusal id={id} health={health} /> },
          {
            term: "Pushed",
            value: (
              <>
                <Link href={`/team/users?method=${id}&source=scim`} className={LINK}>
                  {counted(users, "user", "users")}
                </Link>
                ,{" "}
                <Link href={`/team/groups?method=${id}`} className={LINK}>
                  {counted(groups, "group", "groups")}
                </Link>
              </>
            ),
          },
          {
            term: "Log",
            value: (
              <Link href={scimLogOf({ idp: id })} className={LINK}>
                Everything that it asked for
              </Link>
            ),
          },
        ]}
      />
      {!health.lastAt && (
        <p className="mt-2 max-w-prose text-muted">
          Paste the endpoint and the secret into your provider, then let it test the connection. Its
          user name must be the email address that people sign in with.
        </p>
      )}
    </section>
  );
}

/** When the provider was heard of, and what it pushed. It moves by itself. */
export const HealthBox = (props: { id: string; health: ScimHealth }) => (
  <QueryProvider>
    <Box {...props} />
  </QueryProvider>
);
