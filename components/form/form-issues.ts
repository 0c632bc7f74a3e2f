import type { FieldErrors } from "react-hook-form";
import type * as z from "zod";
import type { FormIssue } from "@/components/ui/error-summary";
import type { Failure } from "@/lib/kit/result";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const issue = (path: string, message: string): FormIssue =>
  /^root(\.|$)/.test(path) ? { message } : { href: `#${path}`, message };

/** The issues with the names of their fields, as the labels on the page say them. */
export const labelled = (issues: readonly FormIssue[]): FormIssue[] =>
  issues.map((one) => {
    const id = one.href?.slice(1);
    const label = id ? document.querySelector(`label[for="${CSS.escape(id)}"]`) : null;
    const text = label?.firstChild?.textContent?.trim();
    return text ? { ...one, label: text } : one;
  });

/** The issues that the browser found, in the order of the schema. */
export function browserIssues(errors: FieldErrors, path = ""): FormIssue[] {
  if (typeof errors.message === "string" && typeof errors.type === "string") {
    return [issue(path, errors.message)];
  }
  return Object.entries(errors)
    .filter(([key, child]) => key !== "ref" && isRecord(child))
    .flatMap(([key, child]) => browserIssues(child as FieldErrors, path ? `${path}.${key}` : key));
}

/** What the server said: each field's first message, or the failure itself when it names no field. */
export function serverIssues({ fields = {}, message, fix }: Failure): FormIssue[] {
  const issues = Object.entries(fields).flatMap(([path, messages]) =>
    messages?.[0] ? [issue(path, messages[0])] : [],
  );
  return issues.length > 0 ? issues : [{ message: [message, fix].filter(Boolean).join(" ") }];
}

/** The issues of values that were checked apart from the form, as a server would name them. */
export function issuesByPath({ issues }: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of issues) {
    const name = path.join(".") || "root.server";
    fields[name] = [...(fields[name] ?? []), message];
  }
  return fields;
}
