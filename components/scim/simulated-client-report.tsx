import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy";
import { Disclosure } from "@/components/ui/disclosure";
import type { EndpointReport, StepReport } from "@/lib/scim/simulated-client/schema";

const OUTCOMES = {
  passed: { tone: "success", label: "Passed" },
  failed: { tone: "danger", label: "Failed" },
  skipped: { tone: "neutral", label: "Not tried" },
} as const;

const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

function Message({ label, line, body }: { label: string; line: string; body: string | null }) {
  return (
    <div className="min-w-0">
      <p className="font-medium">{label}</p>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus to be scrolled by keys
        tabIndex={0}
        className="-outline-offset-2 max-h-60 overflow-auto rounded-md border border-line bg-sunken px-3 py-2"
      >
        <pre className="whitespace-pre-wrap break-all font-mono text-xs">
          {body ? `${line}\n\n${pretty(body)}` : line}
        </pre>
      </section>
    </div>
  );
}

function Step({ step, number }: { step: StepReport; number: number }) {
  const { title, outcome, expected, found, advice, request, answer } = step;
  const { tone, label } = OUTCOMES[outcome];
  return (
    <li>
      <Disclosure
        open={outcome === "failed"}
        summary={
          <span className="flex flex-wrap items-center justify-between gap-x-3">
            <span className="min-w-0 break-words">
              {number}. {title}
            </span>
            <Badge tone={tone}>{label}</Badge>
          </span>
        }
      >
        <div className="space-y-2">
          <p>
            <span className="font-medium">Expected:</span> {expected}
          </p>
          {found && (
            <p className="break-words">
              <span className="font-medium">Found:</span> {found}
            </p>
          )}
          {advice && (
            <p>
              <span className="font-medium">What to do:</span> {advice}
            </p>
          )}
          <Message label="Request" line={`${request.method} ${request.path}`} body={request.body} />
          {answer && <Message label="Answer" line={String(answer.status)} body={answer.text} />}
        </div>
      </Disclosure>
    </li>
  );
}

/** What a simulated client met, step by step. */
export function SimulatedClientReport({ report }: { report: EndpointReport }) {
  const { profile, passed, steps, origin, unreached } = report;
  const failed = steps.filter(({ outcome }) => outcome === "failed").length;
  return (
    <div className="space-y-3">
      <Banner
        tone={passed ? "success" : "danger"}
        title={
          passed ? `All ${steps.length} steps passed` : `${failed} of ${steps.length} steps failed`
        }
      >
        {passed
          ? `A client in the shape of ${profile.name} can push to this endpoint. What it made is gone again, and nobody else was touched.`
          : "Open a failed step to see what was expected, what came, and what to do."}
      </Banner>
      {unreached && (
        <Banner tone="warning" title="Tried past what stands in front of Gatehouse">
          This machine cannot reach {unreached} itself, so the requests went to {origin}. A reverse
          proxy or firewall before Gatehouse was not tried: it must pass /scim/v2 with its header
          Authorization and the methods PUT, PATCH and DELETE.
        </Banner>
      )}
      <ol className="divide-y divide-line">
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change
          <Step key={at} step={step} number={at + 1} />
        ))}
      </ol>
      <CopyButton label="Copy report" value={JSON.stringify(report, null, 2)} />
    </div>
  );
}
