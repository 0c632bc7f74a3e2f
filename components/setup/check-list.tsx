import { CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Check } from "@/lib/team/schema";

function CheckRow({ label, status, detail, fix }: Check) {
  const passed = status === "pass";
  const Icon = passed ? CircleCheck : TriangleAlert;
  return (
    <li className="flex gap-3 py-2.5">
      <Icon
        aria-hidden
        className={`mt-0.5 size-4.5 shrink-0 ${passed ? "text-success" : "text-warning"}`}
      />
      <div className="min-w-0 break-words">
        <p className="font-medium">
          {label}
          <span className="sr-only">{passed ? ": passed" : ": warning"}</span>
        </p>
        <p className="text-muted">{detail}</p>
        {fix && <p className="mt-0.5">{fix}</p>}
      </div>
    </li>
  );
}

/** The self-checks; null until the first answer. */
export function CheckList({ checks, pending }: { checks: Check[] | null; pending: boolean }) {
  const warnings = checks?.filter(({ status }) => status === "warn").length ?? 0;
  const done = `${checks?.length} checks, ${warnings} with a warning`;
  return (
    <div>
      <p role="status" className="flex items-center gap-2 font-medium">
        {pending && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
        {pending ? "Checking…" : checks && done}
      </p>
      {checks && (
        <ul aria-busy={pending} className="divide-y divide-line">
          {checks.map((check) => (
            <CheckRow key={check.id} {...check} />
          ))}
        </ul>
      )}
    </div>
  );
}
