"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Result } from "@/lib/kit/result";
import { FailureBanner } from "./failure-banner";
import { useAction } from "./use-action";

type EmptyInput = Record<string, never>;

export function SignOutElsewhere({
  signOut,
}: {
  signOut: (input: EmptyInput) => Promise<Result<unknown>>;
}) {
  const { run, pending, failure } = useAction(signOut);
  const [done, setDone] = useState(false);
  return (
    <div className="space-y-4">
      <FailureBanner failure={failure} />
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={pending} onClick={() => void run({}, () => setDone(true))}>
          Sign out everywhere else
        </Button>
        <span role="status" className="text-muted">
          {done && "Only this browser is signed in now."}
        </span>
      </div>
    </div>
  );
}
