"use client";
import { useEffect, useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy";
import { callbackUrlFor, teamDomainFor } from "@/lib/team/domain";
import type { Check } from "@/lib/team/schema";
import { CheckList } from "./check-list";
import type { SetupWizardProps, StepProps } from "./setup-wizard";

export function CheckStep(props: StepProps & SetupWizardProps) {
  const { values, onBack, runChecks, finish, consoleUrl, authDomain } = props;
  const [checks, setChecks] = useState<Check[] | null>(null);
  const checking = useAction(runChecks);
  const finishing = useAction(finish);
  const callbackUrl = callbackUrlFor(teamDomainFor(consoleUrl, authDomain, values.teamName));

  function check() {
    const { token, teamName } = values;
    void checking.run({ token, teamName }, setChecks);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the step opens
  useEffect(check, []);

  return (
    <div className="space-y-5">
      <FailureBanner failure={checking.failure} />
      <CheckList checks={checks} pending={checking.pending} />
      <Button onClick={check} pending={checking.pending}>
        Check again
      </Button>
      <CopyField
        label="Callback URL"
        value={callbackUrl}
        note="Register this with every provider. Must match exactly - no slash at the end."
      />
      <Banner tone="info" title="You can always get in.">
        Signing in with your email and password works even if every login method fails.
      </Banner>
      <FailureBanner failure={finishing.failure} />
      <div className="flex flex-wrap justify-between gap-2 pt-1">
        <Button onClick={onBack}>Back</Button>
        <Button
          variant="primary"
          pending={finishing.pending}
          onClick={() => void finishing.run(values)}
        >
          Finish set-up
        </Button>
      </div>
    </div>
  );
}
