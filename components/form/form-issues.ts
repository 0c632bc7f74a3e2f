import type { FieldErrors } from "react-hook-form";
import type { FormIssue } from "@/components/ui/error-summary";
import type { Failure } from "@/lib/kit/result";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function fieldIssues(node: unknown, path: string): FormIssue[] {
  if (!isRecord(node)) return [];
  if (typeof node.message === "string" && typeof node.type === "string") {
    const ofForm = path === "root" || path.startsWith("root.");
    return [{ message: node.message, ...(!ofForm && { href: `#${path}` }) }];
  }
  return Object.entries(node)
    .filter(([key]) => key !== "ref")
    .flatMap(([key, child]) => fieldIssues(child, path ? `${path}.${key}` : key));
}

/** All issues of a form in the order of its fields; a failure without field issues comes first. */
export function formIssues(errors: FieldErrors, failure: Failure | null): FormIssue[] {
  const issues = fieldIssues(errors, "");
  const told = failure && Object.keys(failure.fields ?? {}).length === 0;
  if (!told) return issues;
  const message = [failure.message, failure.fix].filter(Boolean).join(" ");
  return [{ message }, ...issues];
}
