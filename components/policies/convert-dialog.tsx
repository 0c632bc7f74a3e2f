"use client";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Failure } from "@/lib/kit/result";
import { useBuilder } from "./builder-context";
import { rulesOfRow } from "./compile-rows";
import { countryLabel } from "./countries";
import type { Conversion } from "./guard-rail-notes";
import { emptyRow, type RuleRow } from "./rule-rows";
import { SELECTOR_WORDS } from "./selectors";

const FORM = "convert-to-group";
const MOST_NAMED = 3;

/** A name that says what is in it. */
function nameFor(rows: readonly RuleRow[]): string {
  const values = rows.flatMap(({ selector, values: all }) =>
    selector === "geo" ? all.map((code) => countryLabel(code).replace(/ \([A-Z]{2}\)$/, "")) : all,
  );
  const plain = rows.every(({ selector }) =>
    ["geo", "email", "email_domain", "ip"].includes(selector),
  );
  if (plain && values.length <= MOST_NAMED) return values.join(" or ").slice(0, 350);
  const [first] = rows;
  const label = first && first.selector !== "" ? SELECTOR_WORDS[first.selector].label : "Rules";
  return `${label} (${values.length})`;
}

interface ConvertDialogProps {
  /** Of the Require rows to move. */
  keys: readonly string[];
  conversion: Conversion;
  onClose: () => void;
}

/** Moves rules of Require into a new access group, where one of them is enough. */
export function ConvertDialog({ keys, conversion, onClose }: ConvertDialogProps) {
  const { rows, methods, setRows } = useBuilder();
  const moved = rows.require.filter(({ key }) => keys.includes(key));
  const [name, setName] = useState(() => nameFor(moved));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);

  async function convert() {
    if (pending) return;
    setPending(true);
    const include = moved.flatMap((row) => rulesOfRow(row, methods).map(({ rule }) => rule));
    const result = await conversion.add({ name, include }).catch(() => null);
    setPending(false);
    if (!result?.ok) {
      const lost = {
        ok: false,
        code: "unavailable",
        message: "Gatehouse did not answer.",
      } as const;
      return setFailure(result ?? lost);
    }
    conversion.onAdded(result.data);
    const group = { ...emptyRow(`group-${result.data.id}`, "group"), values: [result.data.id] };
    const at = rows.require.findIndex(({ key }) => keys.includes(key));
    const kept = rows.require.filter(({ key }) => !keys.includes(key));
    setRows("require", kept.toSpliced(at, 0, group));
    onClose();
  }
  const nameIssue = failure?.fields?.name?.[0];
  const others = Object.entries(failure?.fields ?? {}).filter(([path]) => path !== "name");

  return (
    <Dialog
      open
      onClose={onClose}
      title="Convert to Access Group"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} variant="primary" pending={pending}>
            Make the access group
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          void convert();
        }}
        className="space-y-4"
      >
        {failure && !nameIssue && (
          <Banner tone="danger" title={failure.message}>
            {failure.fix}
            {others.map(([path, all]) => (
              <p key={path}>{all?.[0]}</p>
            ))}
          </Banner>
        )}
        <p className="text-muted">
          The rules move into a new access group, where one of them is enough. This policy then
          requires the group. The group is saved at once; the policy when you save it.
        </p>
        <Field id="convert-name" label="Name of the access group" error={nameIssue}>
          {(aria) => (
            <Input
              {...aria}
              data-autofocus=""
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
