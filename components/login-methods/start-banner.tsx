"use client";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { Connector } from "@/lib/connectors/definition";
import type { FormStart } from "@/lib/test-runs/start-schema";
import { inWords } from "./field-values";

interface StartBannerProps {
  connector: Connector;
  start: FormStart;
  onUndo: () => void;
}

/** What the form began with that is not saved: a fix, or settings that were tested. */
export function StartBanner({ connector, start, onUndo }: StartBannerProps) {
  const { fix, secrets } = start;
  const kept = Object.keys(secrets).length > 0;
  if (!fix) {
    return (
      <Banner tone="info" title="These settings were tested and are not saved">
        {kept
          ? "Secrets that were typed for the test are kept with it for 24 hours, and are saved along with the rest."
          : "Save them to put them to use."}
      </Banner>
    );
  }
  const fields = connector.fields.flatMap((field) => {
    const change = fix.changes.find(({ name }) => name === field.name);
    return change ? [{ field, change }] : [];
  });
  return (
    <Banner
      tone="info"
      title={fix.title}
      actions={
        <Button size="sm" onClick={onUndo}>
          Undo
        </Button>
      }
    >
      <ul className="grid gap-0.5">
        {fields.map(({ field, change }) => (
          <li key={field.name} className="break-all">
            {field.label}: {inWords(field, change.before)} → {inWords(field, change.after)}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-muted">It is not saved until you choose Save.</p>
    </Banner>
  );
}
