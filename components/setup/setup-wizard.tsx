"use client";
import { useEffect, useRef, useState } from "react";
import { Card } from "@/components/ui/card";
import type { SetupInput } from "@/lib/admins/setup-schema";
import type { Result } from "@/lib/kit/result";
import type { Check } from "@/lib/team/schema";
import { AdminStep } from "./admin-step";
import { CheckStep } from "./check-step";
import { Progress, STEPS } from "./progress";
import { TeamStep } from "./team-step";
import { UnlockStep } from "./unlock-step";

export interface SetupWizardProps {
  consoleUrl: string;
  authDomain: string;
  unlock: (input: { token: string }) => Promise<Result<unknown>>;
  runChecks: (input: { token: string; teamName: string }) => Promise<Result<Check[]>>;
  finish: (input: SetupInput) => Promise<Result<unknown>>;
}

/** What one step gets: the values so far, and the two ways on. */
export interface StepProps {
  values: SetupInput;
  onNext: (values: Partial<SetupInput>) => void;
  onBack: () => void;
}

const EMPTY: SetupInput = { token: "", name: "", email: "", password: "", teamName: "" };

const INTRO = [
  "Prove that this is your installation.",
  "You become the first owner. More admins can be invited later.",
  "What the team is called, and the address that people sign in at.",
  "A look at the installation before the first provider is added. Warnings do not hold you up.",
];

/** First-run set-up on one page. What was typed lives here, so Back loses nothing. */
export function SetupWizard(props: SetupWizardProps) {
  const [step, setStep] = useState(0);
  const [values, setValues] = useState(EMPTY);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step starts at its heading
  useEffect(() => {
    if (moved.current) heading.current?.focus();
  }, [step]);

  function go(to: number) {
    moved.current = true;
    setStep(to);
  }

  const common: StepProps = {
    values,
    onNext: (more) => {
      setValues({ ...values, ...more });
      go(step + 1);
    },
    onBack: () => go(step - 1),
  };
  return (
    <>
      <h1 className="font-semibold text-2xl leading-8 tracking-tight">Set up Gatehouse</h1>
      <Progress current={step} />
      <Card
        title={
          <span ref={heading} tabIndex={-1}>
            {STEPS[step]}
          </span>
        }
        description={INTRO[step]}
      >
        {step === 0 && <UnlockStep {...common} unlock={props.unlock} />}
        {step === 1 && <AdminStep {...common} />}
        {step === 2 && (
          <TeamStep {...common} consoleUrl={props.consoleUrl} authDomain={props.authDomain} />
        )}
        {step === 3 && <CheckStep {...common} {...props} />}
      </Card>
    </>
  );
}
