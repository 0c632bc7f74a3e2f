import { AnchorButton } from "@/components/ui/button";
import { TestForm } from "./test-form";
import { testPath } from "./words";

interface TestAgainProps {
  loginMethodId: string;
  runId: string;
  /** Whether to test the unsaved settings of that run once more; else what is saved now. */
  draft: boolean;
}

/** Tests in this tab. */
export function TestAgain({ loginMethodId, runId, draft }: TestAgainProps) {
  if (draft) {
    return (
      <TestForm
        loginMethodId={loginMethodId}
        field={{ name: "again", value: runId }}
        label="Test again"
        variant="primary"
      />
    );
  }
  return (
    <AnchorButton href={testPath(loginMethodId)} referrerPolicy="same-origin" variant="primary">
      Test again
    </AnchorButton>
  );
}
