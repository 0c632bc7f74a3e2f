import { Banner } from "@/components/ui/banner";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { type SaveTested, UnsavedSettings } from "./save-tested";

interface SubjectBannerProps {
  subject: Subject;
  draft: boolean;
  passed: boolean;
  /** Left out for those who may only read. */
  save: SaveTested | null;
}

/** Whether the result still speaks of what is saved, and what to do when it does not. */
export function SubjectBanner({ subject, draft, passed, save }: SubjectBannerProps) {
  if (subject.current) return null;
  if (draft && save && subject.draftId) {
    return <UnsavedSettings subject={subject} passed={passed} save={save} />;
  }
  if (!subject.saved) {
    return (
      <Banner tone="info" title="These settings were never saved">
        What was tested is kept for 24 hours. Open the form of a new login method to enter it again.
      </Banner>
    );
  }
  return (
    <Banner tone="info" title="The settings have changed since this test">
      Tested: {subject.tested}. What is saved now is something else. Test again to prove the
      settings as they are.
    </Banner>
  );
}
