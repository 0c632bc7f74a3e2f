"use client";
import { CircleCheck, CircleHelp, CircleMinus, CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Disclosure } from "@/components/ui/disclosure";
import type { Check, CheckStatus } from "@/lib/oidc/check/schema";
import type { Remedy } from "@/lib/oidc/schema";
import { useParts } from "./parts";

const LOOK: Record<CheckStatus, { icon: typeof CircleX; ink: string; word: string }> = {
  failed: { icon: CircleX, ink: "text-danger", word: "Problem" },
  warning: { icon: TriangleAlert, ink: "text-warning", word: "Warning" },
  unknown: { icon: CircleHelp, ink: "text-muted", word: "Not told" },
  ok: { icon: CircleCheck, ink: "text-success", word: "OK" },
  skipped: { icon: CircleMinus, ink: "text-muted", word: "Left out" },
};
const ORDER = Object.keys(LOOK);

function Title({ check }: { check: Check }) {
  const { ink, word } = LOOK[check.status];
  return (
    <>
      <span className={classNames("font-medium", ink)}>{word}:</span> {check.title}
    </>
  );
}

function Found({ check }: { check: Check }) {
  return (
    <>
      <p className="break-words">{check.found}</p>
      <p className="break-words text-muted text-xs">{check.did}</p>
    </>
  );
}

interface Acts {
  onApply: (remedy: Remedy) => void;
  onField: (name: string) => void;
}

function Ways({ check, onApply, onField }: { check: Check } & Acts) {
  const { connector } = useParts();
  const { remedies, field } = check;
  const label = connector.fields.find(({ name }) => name === field)?.label;
  if (remedies.length === 0 && !label) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pt-1">
      {remedies.map((remedy) => (
        <Button
          key={remedy.label}
          size="sm"
          variant="primary"
          className="max-w-full"
          onClick={() => onApply(remedy)}
        >
          {remedy.label}
          {remedy.label.startsWith("Use ") && <span className="sr-only"> as {label}</span>}
        </Button>
      ))}
      {field && label && (
        <Button size="sm" variant="ghost" className="max-w-full" onClick={() => onField(field)}>
          Go to {label}
        </Button>
      )}
    </div>
  );
}

function Item({ check, children }: { check: Check; children: ReactNode }) {
  const { icon: Icon, ink } = LOOK[check.status];
  return (
    <li className="flex gap-2 px-3 py-2">
      <Icon aria-hidden className={classNames("mt-1.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1">{children}</div>
    </li>
  );
}

/** What was looked at: problems first and in full, the rest by its title. */
export function CheckList({ checks, ...acts }: { checks: readonly Check[] } & Acts) {
  const rank = ({ status }: Check) => ORDER.indexOf(status);
  return (
    <ul
      aria-label="What was checked"
      className="divide-y divide-line rounded-md border border-line bg-canvas"
    >
      {checks
        .toSorted((a, b) => rank(a) - rank(b))
        .map((check) => (
          <Item key={check.id} check={check}>
            {check.status === "failed" || check.status === "warning" ? (
              <div className="space-y-1 py-1">
                <p>
                  <Title check={check} />
                </p>
                <Found check={check} />
                <Ways check={check} {...acts} />
              </div>
            ) : (
              <Disclosure summary={<Title check={check} />}>
                <Found check={check} />
              </Disclosure>
            )}
          </Item>
        ))}
    </ul>
  );
}
