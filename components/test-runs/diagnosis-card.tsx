import { CircleX, TriangleAlert } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy";
import type { Diagnosis } from "@/lib/oidc/schema";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { FactList } from "./fact-list";
import { RemedyButton } from "./remedy-button";
import { formPath, STEP_LABELS } from "./words";

interface DiagnosisCardProps {
  diagnosis: Diagnosis;
  tone: "danger" | "warning";
  /** What was tested: the form that the fixes are made in. */
  subject: Subject;
  /** Names the diagnosis among those of its run (`<run>.<place>`); null for who may not change it. */
  fixes: string | null;
  /** Label of the form field by its config key; a field without one is not linked. */
  fieldLabels: Readonly<Record<string, string>>;
  reference: string;
}

const LOOK = {
  danger: { icon: CircleX, box: "border-danger/50", ink: "text-danger" },
  warning: { icon: TriangleAlert, box: "border-warning/50", ink: "text-warning" },
} as const;

/** Why, and what to do about it. The title of a failure stands over the page. */
export function DiagnosisCard({
  diagnosis,
  tone,
  subject,
  fixes: fixesOf,
  fieldLabels,
  reference,
}: DiagnosisCardProps) {
  const { icon: Icon, box, ink } = LOOK[tone];
  const { code, step, title, cause, fixes, field, facts } = diagnosis;
  const shown = `${code} / ${reference}`;
  const label = field === null ? undefined : fieldLabels[field];
  const remedied = fixesOf !== null && diagnosis.remedies.length > 0;
  return (
    <section
      aria-label={title}
      className={`mt-5 rounded-lg border bg-surface p-5 shadow-raised first:mt-0 ${box}`}
    >
      <div className="flex gap-3">
        <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${ink}`} />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-base leading-6">
            {tone === "danger" ? "Why it failed" : title}
          </h2>
          <p className="text-muted">Step: {STEP_LABELS[step]}</p>
          <p className="mt-2 max-w-prose break-words">{cause}</p>
          {fixes.length > 0 && (
            <>
              <h3 className="mt-4 font-medium">What to do</h3>
              <ol className="mt-1 grid max-w-prose list-decimal gap-1 pl-5">
                {fixes.map((fix) => (
                  <li key={fix} className="break-words">
                    {fix}
                  </li>
                ))}
              </ol>
            </>
          )}
          <div className="mt-4 flex flex-wrap gap-2 empty:hidden">
            {fixesOf !== null &&
              diagnosis.remedies.map((remedy, which) => (
                <RemedyButton
                  key={remedy.label}
                  subject={subject}
                  fix={`${fixesOf}.${which}`}
                  label={remedy.label}
                  variant={which === 0 ? "primary" : "secondary"}
                />
              ))}
            {field && label && (
              <LinkButton
                href={formPath(subject, { draft: subject.draftId, field })}
                variant={remedied ? "secondary" : "primary"}
                className="max-w-full"
              >
                Go to {label}
              </LinkButton>
            )}
          </div>
          <div className="mt-4 grid gap-3 border-line border-t pt-3">
            <FactList facts={facts} />
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
              Reference
              <code className="font-mono text-[0.8125rem] text-ink">{shown}</code>
              <CopyButton value={shown} what="reference" />
            </p>
          </div>
        </div>
      </div>
    </section>
  );
}
