import type { Subject } from "@/lib/test-runs/subject-schema";
import { formPath } from "./words";

/** The form with claims of a result in it, as an unsaved change. */
export function claimPath(
  subject: Subject,
  wanted: { claims?: readonly string[]; email?: string },
): string {
  const field = wanted.email === undefined ? "claims" : "email_claim_name";
  const query = new URLSearchParams({ field });
  for (const claim of wanted.claims ?? []) query.append("use", claim);
  if (wanted.email !== undefined) query.set("use_email", wanted.email);
  const path = formPath(subject, { draft: subject.draftId });
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
