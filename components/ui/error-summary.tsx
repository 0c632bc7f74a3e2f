"use client";
import { useEffect, useRef } from "react";

export interface FormIssue {
  /** Link to the field, such as `#config.auth_url`; none for the form as a whole. */
  href?: string;
  /** Name of the field, for a message that does not say which one it is about. */
  label?: string;
  message: string;
}

const inWords = ({ label, message }: FormIssue): string =>
  label && !message.toLowerCase().includes(label.toLowerCase()) ? `${label}: ${message}` : message;

function IssueText(issue: FormIssue) {
  const { href } = issue;
  if (!href) return issue.message;
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
      {inWords(issue)}
    </a>
  );
}

function Summary({ issues }: { issues: FormIssue[] }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.focus();
    // The title is what a screen reader says first, and what the tab shows.
    document.title = `Error: ${document.title}`;
    return () => {
      document.title = document.title.replace(/^Error: /, "");
    };
  }, []);
  return (
    <div
      ref={ref}
      data-error-summary
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

/** Every issue of a failed attempt in one place. Takes focus when it appears, not while it shrinks. */
export function ErrorSummary({ issues }: { issues: FormIssue[] }) {
  return issues.length > 0 ? <Summary issues={issues} /> : null;
}
