import Link from "next/link";
import { DECISION_TONES, policyPath } from "@/components/policies/policy-words";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import type { Application } from "@/lib/applications/schema";
import { DECISION_LABELS } from "@/lib/policies/schema";
import { applicationHref } from "./application-words";
import type { Choices } from "./form-context";
import { MethodsWarning, openMethods, PolicyWarnings } from "./policy-warnings";

interface WhoGetsInProps {
  application: Application;
  choices: Choices;
}

/** An application's policies in plain words, and what keeps everybody out. */
export function WhoGetsIn({ application, choices }: WhoGetsInProps) {
  const { id, enabled, policies, settings } = application;
  const chosen = policies.flatMap(
    (link) => choices.policies.find((policy) => policy.id === link.id) ?? [],
  );
  // Bypass and Service Auth ask nobody to sign in.
  const asks = chosen.some(({ decision }) => decision === "allow");
  return (
    <Card title="Who gets in">
      <div className="grid gap-4">
        {!enabled && (
          <Banner tone="warning" title="This application is disabled">
            The gate refuses everybody until it is enabled again.
          </Banner>
        )}
        <PolicyWarnings chosen={chosen} />
        {asks && (
          <MethodsWarning open={openMethods(choices.methods, settings.allowed_idps).length} />
        )}
        {chosen.length > 0 && (
          <ol aria-label="Who gets in" className="grid gap-3">
            {chosen.map(({ id: policyId, name, decision, sentence }) => (
              <li key={policyId}>
                <p className="flex flex-wrap items-center gap-2">
                  <Link
                    href={policyPath(policyId)}
                    className="min-w-0 break-words font-medium hover:underline"
                  >
                    {name}
                  </Link>
                  <Badge tone={DECISION_TONES[decision]}>{DECISION_LABELS[decision]}</Badge>
                </p>
                <p className="break-words text-muted">{sentence}</p>
              </li>
            ))}
          </ol>
        )}
        <p>
          <Link
            href={applicationHref(id, "policies")}
            className="text-accent underline underline-offset-2"
          >
            {chosen.length === 0 ? "Choose policies" : "Change or test these policies"}
          </Link>
        </p>
      </div>
    </Card>
  );
}
