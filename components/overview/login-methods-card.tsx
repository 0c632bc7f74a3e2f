import Link from "next/link";
import { StateBadge } from "@/components/test-runs/state-badge";
import { methodPath, runPath } from "@/components/test-runs/words";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Tile } from "@/components/ui/tile";
import { Time } from "@/components/ui/time";
import { findConnector } from "@/lib/connectors";
import type { MethodState } from "./steps";

const SHOWN = 5;

function Method({
  method: { id, name, kind, enabled, fingerprint, lastTest },
}: {
  method: MethodState;
}) {
  const connector = findConnector(kind);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <Tile tile={connector?.tile ?? { monogram: "?", hue: "slate" }} size="sm" />
      <div className="min-w-0 flex-1 basis-40">
        <Link href={methodPath(id)} className="break-words font-medium hover:underline">
          {name}
        </Link>
        <p className="text-muted text-xs">{connector?.label ?? kind}</p>
      </div>
      {!enabled && <Badge tone="neutral">Disabled</Badge>}
      {lastTest ? (
        <Link
          href={runPath(id, lastTest.runId)}
          className="inline-flex min-h-6 min-w-0 flex-wrap items-center gap-x-2 text-muted hover:underline"
        >
          {lastTest.fingerprint === fingerprint ? (
            <StateBadge state={lastTest.status} />
          ) : (
            <Badge tone="warning">Changed since last test</Badge>
          )}
          <Time value={lastTest.at} />
        </Link>
      ) : (
        <Badge tone="neutral">Not tested</Badge>
      )}
    </li>
  );
}

const counted = (total: number, enabled: number): string =>
  total === 0
    ? "None yet."
    : `${total} ${total === 1 ? "login method" : "login methods"}, ${enabled} enabled.`;

export function LoginMethodsCard({ methods }: { methods: readonly MethodState[] }) {
  const enabled = methods.filter((method) => method.enabled).length;
  return (
    <Card
      title="Login methods"
      description={counted(methods.length, enabled)}
      actions={
        <LinkButton href="/settings/authentication" size="sm">
          View all
        </LinkButton>
      }
    >
      {methods.length > 0 && (
        <ul className="divide-y divide-line">
          {methods.slice(0, SHOWN).map((method) => (
            <Method key={method.id} method={method} />
          ))}
        </ul>
      )}
    </Card>
  );
}
