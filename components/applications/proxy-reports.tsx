"use client";
import { useRef, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Button, LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { Time } from "@/components/ui/time";
import { FRONT_END_NAMES } from "@/lib/gate/front-ends/schema";
import type { ProxyReport } from "@/lib/gate/reports/schema";
import type { Result } from "@/lib/kit/result";
import { proxyConfigHref } from "./application-words";

/** The others are a press away: a scanner must not push the applications off the page. */
const SHOWN = 3;

const times = (count: number): string =>
  count === 1 ? "Once" : `${count.toLocaleString("en")} times`;

function Facts({ report }: { report: ProxyReport }) {
  const { peer, host, detail, count, lastAt } = report;
  return (
    <p className="mt-1 break-words text-muted">
      {times(count)}, last <Time value={lastAt} />, from {peer ?? "several addresses"}
      {host && <>, about {host}</>}
      {detail && <>: {detail}</>}
    </p>
  );
}

interface ReportItemProps {
  report: ProxyReport;
  onDismiss: (() => void) | null;
}

function ReportItem({ report, onDismiss }: ReportItemProps) {
  const { frontEnd, problem, title, fix, application } = report;
  // Its configuration is right where the address alone is not trusted.
  const configured = problem === "untrusted_proxy" ? null : application;
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <p className="break-words font-medium">{title}</p>
      <Facts report={report} />
      <p className="mt-1 break-words">{fix}</p>
      {(configured || onDismiss) && (
        <div className="mt-2 flex flex-wrap gap-2">
          {configured && (
            <LinkButton size="sm" href={proxyConfigHref(configured.id, frontEnd)}>
              {frontEnd ? FRONT_END_NAMES[frontEnd] : "Proxy"} configuration
              <span className="sr-only">of {configured.name}</span>
            </LinkButton>
          )}
          {onDismiss && (
            <Button size="sm" variant="ghost" onClick={onDismiss}>
              Dismiss<span className="sr-only"> the report: {title}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

interface ProxyReportsProps {
  reports: readonly ProxyReport[];
  /** Null for those who may only read. */
  dismiss: ((input: { id: string }) => Promise<Result<unknown>>) | null;
}

/** What proxies ask wrongly, with what to change. Nothing while they all ask well. */
export function ProxyReports({ reports, dismiss }: ProxyReportsProps) {
  const { run, failure } = useAction(dismiss ?? (async () => ({ ok: true, data: null })));
  const [news, setNews] = useState("");
  const root = useRef<HTMLDivElement>(null);
  const item = (report: ProxyReport) => (
    <ReportItem
      key={report.id}
      report={report}
      onDismiss={
        dismiss &&
        (() =>
          void run({ id: report.id }, () => {
            setNews("The report was dismissed. It comes back if the proxy still asks so.");
            // The button that had the focus is gone.
            root.current?.focus();
          }))
      }
    />
  );
  const more = reports.slice(SHOWN);
  return (
    <div ref={root} tabIndex={-1} className="outline-none has-[section]:mb-5">
      <span role="status" className="sr-only">
        {news}
      </span>
      {reports.length > 0 && (
        <Card
          title="Misconfigured proxies"
          description="The gate refused these requests, because it could not be sure what they were about. Nobody got in by them."
        >
          <FailureBanner failure={failure} />
          <ul aria-label="Misconfigured proxies" className="divide-y divide-line">
            {reports.slice(0, SHOWN).map(item)}
          </ul>
          {more.length > 0 && (
            <Disclosure summary={`${more.length} more`}>
              <ul aria-label="More misconfigured proxies" className="divide-y divide-line">
                {more.map(item)}
              </ul>
            </Disclosure>
          )}
        </Card>
      )}
    </div>
  );
}
