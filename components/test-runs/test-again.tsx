"use client";
import { AnchorButton, Button } from "@/components/ui/button";
import { newId, postForm } from "./new-tab";
import { testPath } from "./words";

/** Tests in this tab what the run tested: its unsaved settings, or what is saved now. */
export function TestAgain({
  loginMethodId,
  runId,
  draft,
}: {
  loginMethodId: string;
  runId: string;
  draft: boolean;
}) {
  const path = testPath(loginMethodId);
  if (!draft) {
    return (
      <AnchorButton href={path} referrerPolicy="same-origin" variant="primary">
        Test again
      </AnchorButton>
    );
  }
  const again = () => postForm(path, { draft: newId(), run: newId(), again: runId }, "_self");
  return (
    <Button variant="primary" onClick={again}>
      Test again
    </Button>
  );
}
