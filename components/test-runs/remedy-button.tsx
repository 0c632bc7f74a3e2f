"use client";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { hasRoomForTabs, newId, postForm } from "./new-tab";
import { formPath, testPath } from "./words";

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
  function apply() {
    const run = newId();
    const follows = hasRoomForTabs();
    const action = testPath(subject.loginMethodId);
    postForm(action, { draft: newId(), run, fix }, follows ? "_blank" : "_self");
    if (follows) router.push(formPath(subject, { fix, run }));
  }
  return (
    <Button variant={variant} onClick={apply} className="min-w-0 max-w-full shrink break-words">
      <span className="min-w-0 break-words [overflow-wrap:anywhere]">{label} and test again</span>
    </Button>
  );
}
