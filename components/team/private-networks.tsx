"use client";
import { useState } from "react";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { Failure, Result } from "@/lib/kit/result";

interface PrivateNetworksProps {
  entries: string[];
  /** Set by OUTBOUND_ALLOW. */
  locked: boolean;
  mayChange: boolean;
  save: (input: { entries: string[] }) => Promise<Result<unknown>>;
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** The first issue of any entry; they come by their place in the list. */
const issueOf = (failure: Failure | null): string | undefined =>
  Object.values(failure?.fields ?? {})[0]?.[0];

function Entries({ entries }: { entries: string[] }) {
  if (entries.length === 0) return <p>None are allowed.</p>;
  return (
    <ul className="space-y-1 font-mono">
      {entries.map((entry) => (
        <li key={entry} className="break-all">
          {entry}
        </li>
      ))}
    </ul>
  );
}

function Editor({ entries, save }: Pick<PrivateNetworksProps, "entries" | "save">) {
  const [text, setText] = useState(entries.join("\n"));
  const [saved, setSaved] = useState(false);
  const { run, pending, failure, clear } = useAction(save);
  const dirty = linesOf(text).join("\n") !== entries.join("\n");
  const issue = issueOf(failure);
  return (
    <form
      method="post"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void run({ entries: linesOf(text) }, () => setSaved(true));
      }}
    >
      <UnsavedChanges dirty={dirty} />
      {!issue && <FailureBanner failure={failure} />}
      <Field
        id="entries"
        label="Allowed addresses"
        error={issue}
        help="One per line: a network (10.20.0.0/16), an address, a host name (idp.corp.example), or host:port. Keep it narrow: whoever can edit a login method can make Gatehouse call these."
      >
        {(aria) => (
          <Textarea
            {...aria}
            rows={5}
            className="font-mono"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setSaved(false);
              clear();
            }}
            placeholder={"10.20.0.0/16\nidp.corp.example:8443"}
            spellCheck={false}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
        <span role="status" className="text-muted">
          {dirty ? "Unsaved changes" : saved && "Saved"}
        </span>
      </div>
    </form>
  );
}

const WHY =
  "Gatehouse refuses to call private addresses, so that nobody can use it to look around your network. Name those on which a provider of yours lives. Link-local addresses are refused whatever stands here.";

/** The owner's list of private places that providers may live on. */
export function PrivateNetworks({ entries, locked, mayChange, save }: PrivateNetworksProps) {
  return (
    <Card id="private-networks" title="Private networks" description={WHY}>
      {locked && (
        <div className="mb-4">
          <Banner tone="info" title="OUTBOUND_ALLOW sets this list.">
            To edit it here, remove that environment variable and start Gatehouse again.
          </Banner>
        </div>
      )}
      {mayChange && !locked ? (
        <Editor entries={entries} save={save} />
      ) : (
        <Entries entries={entries} />
      )}
      {!mayChange && !locked && (
        <p className="mt-3 text-muted">Only an owner can change this list.</p>
      )}
    </Card>
  );
}
