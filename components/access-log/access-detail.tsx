import Link from "next/link";
import { applicationPath } from "@/components/policies/policy-words";
import { ExplanationView } from "@/components/policy-tester/explanation-view";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy";
import { DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import { accessHref } from "@/lib/access-log/links";
import type { AccessEntry, AccessQuery } from "@/lib/access-log/schema";
import { eventWords, reasonWords } from "@/lib/access-log/words";
import { Outcome, whoOf } from "./access-table";

const LINK = "text-accent underline underline-offset-2";

function Who({ entry }: { entry: AccessEntry }) {
  const { user, serviceToken } = entry;
  if (user?.id) {
    return (
      <Link href={`/team/users/${user.id}/identity`} className={LINK}>
        {user.email}
      </Link>
    );
  }
  if (serviceToken) {
    return (
      <Link href="/access/service-auth" className={LINK}>
        {whoOf(entry)}
      </Link>
    );
  }
  return <>{whoOf(entry)}</>;
}

function Application({ entry: { application, host } }: { entry: AccessEntry }) {
  if (!application) return <>{host ?? "App Launcher"}</>;
  return (
    <>
      <Link href={`/access/applications/${application.id}/overview`} className={LINK}>
        {application.name}
      </Link>
      {host && ` at ${host}`}
    </>
  );
}

function DecidedBy({ entry: { policy, rule } }: { entry: AccessEntry }) {
  if (!policy) return <>No policy</>;
  return (
    <>
      <Link href={`/access/policies/${policy.id}`} className={LINK}>
        {policy.name}
      </Link>
      {rule && `, by its rule “${rule}”`}
    </>
  );
}

function facts(entry: AccessEntry) {
  const { event, loginMethod, user, serviceToken } = entry;
  return [
    { term: "When", value: <Time value={entry.at} /> },
    { term: "Result", value: <Outcome allowed={entry.allowed} /> },
    { term: "Why", value: reasonWords(entry.reason) },
    { term: "Who", value: <Who entry={entry} /> },
    ...(user && serviceToken ? [{ term: "Service token", value: serviceToken.name }] : []),
    { term: "Application", value: <Application entry={entry} /> },
    ...(entry.explanation ? [{ term: "Decided by", value: <DecidedBy entry={entry} /> }] : []),
    ...(loginMethod ? [{ term: "Login method", value: loginMethod.name }] : []),
    { term: "From", value: [entry.ip, entry.country].filter(Boolean).join(", ") || "Unknown" },
    ...(entry.userAgent ? [{ term: "Browser", value: entry.userAgent }] : []),
    ...(entry.count > 1
      ? [{ term: "Times", value: `${entry.count} like this within a minute` }]
      : []),
    { term: "Reference", value: <code className="font-mono">{entry.ref}</code> },
    { term: "Entry", value: `${entry.id} · ${event} · ${entry.reason}` },
  ];
}

interface AccessDetailProps {
  entry: AccessEntry;
  query: AccessQuery;
}

/** One entry with all that is known of it; the rest of the log stays below. */
export function AccessDetail({ entry, query }: AccessDetailProps) {
  return (
    <div className="mb-5">
      <Card
        id="entry"
        title={`${eventWords(entry.event)}: ${whoOf(entry)}`}
        actions={
          <>
            {entry.application && entry.identity && (
              <LinkButton href={`${applicationPath(entry.application.id)}?entry=${entry.id}`}>
                Open in policy tester
              </LinkButton>
            )}
            {entry.loginId && (
              <LinkButton href={`/logs/access/logins/${entry.loginId}`}>See the login</LinkButton>
            )}
            <CopyButton value={JSON.stringify(entry, null, 2)} label="Copy as JSON" />
            <LinkButton href={accessHref(query, { entry: undefined })} scroll={false}>
              Close
            </LinkButton>
          </>
        }
      >
        <div className="space-y-5">
          <DescriptionList items={facts(entry)} />
          {entry.explanation && (
            <section aria-labelledby="explanation" className="space-y-2">
              <h3 id="explanation" className="font-semibold">
                How the policies judged
              </h3>
              <ExplanationView explanation={entry.explanation} />
            </section>
          )}
          {entry.identity && (
            <Disclosure summary="Identity that was judged">
              <JsonView label="Identity" value={entry.identity} />
            </Disclosure>
          )}
        </div>
      </Card>
    </div>
  );
}
