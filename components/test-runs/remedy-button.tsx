"use client";
import { useRouter } from "next/navigation";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { TestForm } from "./test-form";
import { formPath } from "./words";

interface RemedyButtonProps {
  subject: Pick<Subject, "loginMethodId" | "kind" | "saved">;
  /** Names the remedy of the stored run; the server takes its values from there. */
  fix: string;
  label: string;
  variant: "primary" | "secondary";
}

/**
 * Tests with the fix in a new tab, while this one goes on to the form that shows it, unsaved. On a
 * phone the test takes this tab, and its result leads to the form.
 */
export function RemedyButton({ subject, fix, label, variant }: RemedyButtonProps) {
  const router = useRouter();
  return (
    <TestForm
      loginMethodId={subject.loginMethodId}
      field={{ name: "fix", value: fix }}
      label={`${label} and test again`}
      variant={variant}
      onLeft={(run) => router.push(formPath(subject, { fix, run }))}
    />
  );
}
