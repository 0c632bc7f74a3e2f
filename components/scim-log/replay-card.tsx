"use client";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Result } from "@/lib/kit/result";
import type { Replay } from "@/lib/scim/replay/schema";
import { BodyView } from "./body-view";
import { Effects } from "./effects";

function Outcome({ replay: { status, error, intents, effects, response } }: { replay: Replay }) {
  if (error !== null) {
    return (
      <Banner tone="warning" title={`Today it would fail with ${status}`}>
        {error}
      </Banner>
    );
  }
  return (
    <div className="space-y-4">
      <Banner tone="success" title="Today it would succeed">
        {intents.length > 0 ? `${intents.join("; ")}.` : "It would change nothing."}
      </Banner>
      <div>
        <h3 className="mb-1 font-semibold">What it would do to people</h3>
        <Effects effects={effects} none="Nothing: nobody's access would change." />
      </div>
      <BodyView label="Answer" body={response} />
    </div>
  );
}

interface ReplayCardProps {
  id: number;
  action: (input: { id: number }) => Promise<Result<Replay>>;
}

/** A request of the log once more, without keeping anything of it. */
export function ReplayCard({ id, action }: ReplayCardProps) {
  const [replay, setReplay] = useState<Replay | null>(null);
  const { run, pending, failure } = useAction(action);
  return (
    <Card
      title="Replay"
      description="Does the request again with what is stored and chosen now, and takes everything back: nothing is kept, nobody is signed out, and the provider hears nothing."
    >
      <div className="space-y-4">
        <Button pending={pending} onClick={() => void run({ id }, setReplay)}>
          Replay as a dry run
        </Button>
        <FailureBanner failure={failure} />
        <div aria-live="polite">{replay && !failure && <Outcome replay={replay} />}</div>
      </div>
    </Card>
  );
}
