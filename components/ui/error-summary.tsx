"use client";
import { useEffect, useRef } from "react";

export interface FormIssue {
  /** Link to the field, such as `#config.auth_url`; none for the form as a whole. */
  href?: string;
  message: string;
}

function IssueText({ href, message }: FormIssue) {
  if (!href) return message;
  return (
    <a
      href={href}
      onClick={(event) => {
        // Focus, not a new address: the form's page keeps its place in the history.
        event.preventDefault();
        document.getElementById(href.slice(1))?.focus();
      }}
      className="font-medium text-danger underline"
    >
      {message}
    </a>
  );
}

/** Every issue of a form in one place. Takes focus when it appears and when its issues change. */
export function ErrorSummary({ issues }: { issues: FormIssue[] }) {
  const ref = useRef<HTMLDivElement>(null);
  const text = issues.map((issue) => issue.message).join("\n");

  // biome-ignore lint/correctness/useExhaustiveDependencies: new issues are a reason to look again
  useEffect(() => ref.current?.focus(), [text]);

  if (issues.length === 0) return null;
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-2 border-danger bg-surface px-4 py-3"
    >
      <h2 className="font-semibold text-base">There is a problem</h2>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {issues.map((issue) => (
          <li key={`${issue.href}${issue.message}`} className="break-words">
            <IssueText {...issue} />
          </li>
        ))}
      </ul>
    </div>
  );
}
