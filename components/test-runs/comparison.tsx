import Link from "next/link";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { ClaimsChanges } from "@/lib/test-runs/compare/claims-changes";
import type { Comparison } from "@/lib/test-runs/compare/schema";
import { ChangesInFull } from "./setting-changes";
import { StateBadge } from "./state-badge";
import { runPath } from "./words";

function Names({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <div className="grid gap-x-6 py-2 first:pt-0 last:pb-0 sm:grid-cols-[14rem_1fr]">
      <dt className="font-medium">{label}</dt>
      <dd className="min-w-0">
        {names.map((name, index) => (
          <span key={name} className="break-all">
            {index > 0 && ", "}
            <code className="font-mono text-[0.8125rem]">{name}</code>
          </span>
        ))}
      </dd>
    </div>
  );
}

const retyped = ({ name, before, after }: ClaimsChanges["changed"][number]): string =>
  before === after ? name : `${name} (${before} → ${after})`;

function Claims({ claims }: { claims: ClaimsChanges }) {
  const { samePerson, added, removed, changed } = claims;
  const nothing = added.length + removed.length + changed.length === 0;
  return (
    <>
      {!samePerson && (
        <p className="mb-2 text-muted">
          Another person signed in than before: what differs may be the person and not the provider.
          Values are not compared.
        </p>
      )}
      {nothing ? (
        <p className="text-muted">
          {samePerson ? "The same claims came, with the same values." : "The same claims came."}
        </p>
      ) : (
        <dl className="divide-y divide-line">
          <Names label="Came in addition" names={added} />
          <Names label="Came no more" names={removed} />
          <Names
            label={samePerson ? "With another value" : "Of another type"}
            names={changed.map(retyped)}
          />
        </dl>
      )}
    </>
  );
}

/** A run against the one before it: settings first, for they explain the rest. */
export function ComparisonCard({
  loginMethodId,
  comparison,
}: {
  loginMethodId: string;
  comparison: Comparison;
}) {
  const { previous, settings, claims } = comparison;
  return (
    <Card
      title={
        <>
          Compared with the previous run, <Time value={previous.startedAt} />
        </>
      }
      description={
        <span className="flex flex-wrap items-center gap-2">
          <StateBadge state={previous.state} />
          <Link href={runPath(loginMethodId, previous.id)} className="text-accent underline">
            See the previous run
          </Link>
        </span>
      }
    >
      <h3 className="mb-1 font-medium">Settings</h3>
      <ChangesInFull changes={settings} />
      <h3 className="mt-4 mb-1 font-medium">Claims</h3>
      {claims ? (
        <Claims claims={claims} />
      ) : (
        <p className="text-muted">One of the two brought no claims.</p>
      )}
    </Card>
  );
}
