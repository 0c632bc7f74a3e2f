import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Identity } from "@/lib/oidc/schema";
import type { Subject } from "@/lib/test-runs/subject-schema";
import { claimPath } from "./claim-path";
import { ClaimValues } from "./claim-values";
import { SOURCES } from "./sources";

type Unsaved = Identity["unsaved"][number];

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A claim with one value that looks like an address. */
const holdsAddress = ({ values }: Unsaved): boolean => {
  const [only, second] = values;
  return only !== undefined && !second && only.path === "" && ADDRESS.test(only.value);
};

/** How many of the claims listed before it a path leads through. */
const depthOf = ({ name }: Unsaved, all: readonly Unsaved[]): number =>
  all.filter((other) => name.startsWith(`${other.name}.`)).length;

function Name({ children }: { children: string }) {
  return <code className="min-w-0 break-all font-mono font-semibold">{children}</code>;
}

function UseButtons({ claim, subject }: { claim: Unsaved; subject: Subject }) {
  return (
    <span className="flex flex-wrap items-start gap-2 self-start sm:justify-end">
      <LinkButton size="sm" href={claimPath(subject, { claims: [claim.name] })} prefetch={false}>
        Use this claim<span className="sr-only"> {claim.name}</span>
      </LinkButton>
      {holdsAddress(claim) && (
        <LinkButton size="sm" href={claimPath(subject, { email: claim.name })} prefetch={false}>
          Use as Email claim name<span className="sr-only"> {claim.name}</span>
        </LinkButton>
      )}
    </span>
  );
}

const INDENT = ["", "ml-4", "ml-8", "ml-12"] as const;

function UnsavedRow(props: { claim: Unsaved; depth: number; actions: ReactNode }) {
  const { claim, depth, actions } = props;
  const indent = INDENT[Math.min(depth, INDENT.length - 1)];
  return (
    <li
      className={`grid gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_auto] ${indent}`}
    >
      <span className="min-w-0">
        <Name>{claim.name}</Name>
        <span className="block text-muted text-xs">
          {claim.type}, {SOURCES[claim.source]}
          {depth > 0 && ", nested"}
        </span>
      </span>
      <span className="min-w-0">
        <ClaimValues claim={claim.name} values={claim.values} note={claim.note} />
      </span>
      {actions}
    </li>
  );
}

function Returned({ identity }: { identity: Identity }) {
  return (
    <Card title="Saved claims that came back" description="Policies can match their values above.">
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {identity.custom.map(({ name, source }) => (
          <li key={name} className="inline-flex min-w-0 items-baseline gap-1.5">
            <CircleCheck aria-hidden className="size-4 shrink-0 self-center text-success" />
            <Name>{name}</Name>
            <span className="text-muted text-xs">{SOURCES[source]}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Missing({ identity, action }: { identity: Identity; action: ReactNode }) {
  return (
    <Card
      title="Saved claims that did not come"
      description="Policies cannot match these for this person."
      actions={action}
    >
      <ul className="grid gap-3">
        {identity.missing.map(({ name, reason }) => (
          <li key={name} className="flex gap-1.5">
            <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
            <span className="min-w-0">
              <Name>{name}</Name>
              <span className="block break-words text-muted">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface ClaimsDiffProps {
  identity: Identity;
  subject: Subject;
  mayChange: boolean;
}

/** The saved claims against those that came: returned, missing, and to be had. */
export function ClaimsDiff({ identity, subject, mayChange }: ClaimsDiffProps) {
  const { custom, missing, unsaved } = identity;
  return (
    <>
      {custom.length > 0 && <Returned identity={identity} />}
      {missing.length > 0 && (
        <Missing
          identity={identity}
          action={<LinkButton href={claimPath(subject, {})}>Go to OIDC Claims</LinkButton>}
        />
      )}
      {unsaved.length > 0 && (
        <Card
          title="Came back, but not saved"
          description="Policies see a claim once it is in OIDC Claims. Nested values can be saved by their path."
        >
          <ul className="divide-y divide-line">
            {unsaved.map((claim) => (
              <UnsavedRow
                key={claim.name}
                claim={claim}
                depth={depthOf(claim, unsaved)}
                actions={mayChange && <UseButtons claim={claim} subject={subject} />}
              />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
