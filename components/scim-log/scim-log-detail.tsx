import Link from "next/link";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { scimLogOf } from "@/lib/scim/log/links";
import type { ScimLogEntry } from "@/lib/scim/log/schema";
import { hasFailed } from "@/lib/scim/log/words";
import { BodyView } from "./body-view";
import { Effects } from "./effects";
import { ScimOutcome } from "./scim-log-table";

const LINK = "text-accent underline underline-offset-2";
const code = (text: string | null) => text && <code className="break-all font-mono">{text}</code>;

interface Subject {
  entry: ScimLogEntry;
  /** The person in the registry whom it is about. */
  personId: string | null;
}

/** Where the resource stands in the console. */
function placeOf({ entry, personId }: Subject): string | null {
  const { resourceType, resourceId } = entry;
  if (resourceType === "GROUP") return resourceId && `/team/groups/${resourceId}`;
  return personId && `/team/users/${personId}/identity`;
}

function Resource(subject: Subject) {
  const { resourceType, resourceId, userEmail, groupName } = subject.entry;
  const name = resourceType === "USER" ? userEmail : groupName;
  const place = placeOf(subject);
  return (
    <>
      {resourceType === "USER" ? "User" : "Group"}{" "}
      {place ? (
        <Link href={place} className={LINK}>
          {name ?? resourceId}
        </Link>
      ) : (
        name
      )}
      {resourceId && (
        <>
          {" · "}
          <Link href={scimLogOf({ resource: resourceId })} className={LINK}>
            Everything about it
          </Link>
        </>
      )}
    </>
  );
}

function facts(subject: Subject): { term: string; value: ReactNode }[] {
  const { entry } = subject;
  const { loginMethod } = entry;
  const all: [string, ReactNode][] = [
    ["When", <Time key="at" value={entry.at} />],
    ["Outcome", <ScimOutcome key="outcome" entry={entry} />],
    [
      "Login method",
      <Link
        key="method"
        href={`/settings/authentication/login-methods/${loginMethod.id}?field=scim`}
        className={LINK}
      >
        {loginMethod.name}
      </Link>,
    ],
    ["Request", entry.method && code(`${entry.method} ${entry.path}`)],
    ["Query", code(entry.query)],
    ["Operation", entry.bulkIndex !== null && `Number ${entry.bulkIndex + 1} of a Bulk request`],
    ["Resource", entry.resourceType && <Resource key="resource" {...subject} />],
    ["Id here", code(entry.resourceId)],
    ["Id at the provider", code(entry.externalId)],
    ["From", [entry.ip, entry.userAgent].filter(Boolean).join(", ") || "Unknown"],
    ["Took", entry.durationMs !== null && `${entry.durationMs} ms`],
    ["Request ID", code(entry.requestId)],
  ];
  return all.filter(([, value]) => value).map(([term, value]) => ({ term, value }));
}

interface ScimLogDetailProps extends Subject {
  /** The dry run, for those who may start one. */
  replay: ReactNode;
}

/** One request of a provider with all that is known of it. */
export function ScimLogDetail({ entry, personId, replay }: ScimLogDetailProps) {
  const failed = hasFailed(entry);
  return (
    <>
      {failed && (
        <div className="mb-5">
          <Banner tone="danger" title={entry.error ?? `Gatehouse answered ${entry.status}.`}>
            Nothing was changed.
            {entry.scimType && ` The provider was told ${entry.scimType}.`}
          </Banner>
        </div>
      )}
      <Card title="Request">
        <DescriptionList items={facts({ entry, personId })} />
      </Card>
      {!failed && (
        <Card title="What it did to people">
          <Effects effects={entry.effects} none="Nothing: nobody's access changed." />
        </Card>
      )}
      {replay}
      {(entry.request !== null || entry.response !== null) && (
        <Card
          title="Bodies"
          description="Passwords, secrets and tokens are never kept; at most 64 KB are."
        >
          <div className="space-y-4">
            <BodyView label="Request body" body={entry.request} />
            <BodyView label="Response body" body={entry.response} />
          </div>
        </Card>
      )}
    </>
  );
}
