import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { TestLink } from "@/components/test-runs/test-link";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { type OverviewFacts, stepsDone } from "./steps";

interface StepProps {
  done: boolean;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

function Step({ done, title, children, action }: StepProps) {
  const Icon = done ? CircleCheck : Circle;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <Icon
        aria-hidden
        className={classNames("mt-0.5 size-4.5", done ? "text-success" : "text-muted")}
      />
      <div className="min-w-0">
        <h3 className="font-medium">
          {title}
          <span className="sr-only">{done ? " (done)" : " (to do)"}</span>
        </h3>
        <p className="text-muted">{children}</p>
      </div>
      {!done && action && <div className="col-start-2 sm:col-start-3">{action}</div>}
    </li>
  );
}

/** What is left to set up; nothing once all is done. `mayChange` is false for a read-only admin. */
export function NextSteps({
  facts,
  mayChange,
  mayInvite,
}: {
  facts: OverviewFacts;
  mayChange: boolean;
  mayInvite: boolean;
}) {
  const { toTest, ...done } = stepsDone(facts);
  const { added, tested, allowed, protects, invited } = done;
  if (Object.values(done).every(Boolean)) return null;
  return (
    <Card title="Next steps">
      <ol className="divide-y divide-line">
        <Step
          done={added}
          title="Add a login method"
          action={
            mayChange && (
              <LinkButton
                href="/settings/authentication/login-methods/new"
                variant="primary"
                size="sm"
              >
                Add new
              </LinkButton>
            )
          }
        >
          The identity provider that people sign in with: OpenID Connect, Okta, authentik.
        </Step>
        <Step
          done={tested}
          title="Test it"
          action={
            mayChange &&
            toTest && <TestLink loginMethodId={toTest.id} name={toTest.name} variant="primary" />
          }
        >
          {toTest?.lastTest
            ? `The last test of ${toTest.name} did not pass. Its result says what to change.`
            : "A real sign-in at the provider shows the claims that come back, or what is wrong."}
        </Step>
        <Step
          done={allowed}
          title="Add a policy"
          action={
            mayChange && (
              <LinkButton href="/access/policies/new" size="sm">
                Add a policy
              </LinkButton>
            )
          }
        >
          It says who may come in, such as everybody with an address of your domain.
        </Step>
        <Step
          done={protects}
          title="Protect an application"
          action={
            mayChange && (
              <LinkButton href="/access/applications/new" size="sm">
                Add an application
              </LinkButton>
            )
          }
        >
          Its hostname and a policy; then its page has the configuration of your reverse proxy.
        </Step>
        <Step
          done={invited}
          title="Invite an admin"
          action={
            mayInvite && (
              <LinkButton href="/settings/account" size="sm">
                Invite an admin
              </LinkButton>
            )
          }
        >
          A second owner can let you back in when you lose your password.
        </Step>
      </ol>
    </Card>
  );
}
