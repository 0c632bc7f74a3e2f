"use client";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useBuilder } from "./builder-context";
import { RuleRowFields } from "./rule-row";
import { emptyRow, type RuleRow, type RuleSet } from "./rule-rows";

const SETS: Record<RuleSet, { title: string; joint: string; means: string }> = {
  include: { title: "Include", joint: "OR", means: "At least one of these must match." },
  require: { title: "Require", joint: "AND", means: "Every one of these must match too." },
  exclude: { title: "Exclude", joint: "NOT", means: "None of these may match." },
};
const BETWEEN: Record<RuleSet, string> = { include: "or", require: "and", exclude: "and not" };

let made = 0;

/** Adds and removes rows, and keeps the focus where the hands are. */
function useRows(set: RuleSet) {
  const { rows, setRows } = useBuilder();
  const list = rows[set];
  const add = useRef<HTMLButtonElement>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!focus) return;
    (document.getElementById(focus) ?? add.current)?.focus();
    setFocus(null);
  }, [focus]);
  return {
    ...{ list, add, said },
    change: (at: number, row: RuleRow) =>
      setRows(
        set,
        list.map((one, index) => (index === at ? row : one)),
      ),
    append() {
      made += 1;
      setRows(set, [...list, emptyRow(`new-${made}`)]);
      setSaid("");
      setFocus(`${set}.${list.length}.selector`);
    },
    remove(at: number) {
      setRows(
        set,
        list.filter((_, index) => index !== at),
      );
      setSaid(`${SETS[set].title} rule ${at + 1} removed.`);
      setFocus(list.length > 1 ? `${set}.${Math.min(at, list.length - 2)}.selector` : set);
    },
  };
}

/** One of the three groups of rules, with what joins its rows. */
export function RuleSetFields({ set }: { set: RuleSet }) {
  const { errors, readOnly } = useBuilder();
  const { list, add, said, change, append, remove } = useRows(set);
  const { title, joint, means } = SETS[set];
  const error = errors[set];
  return (
    <section aria-labelledby={`${set}-title`} className="py-5 first:pt-0 last:pb-0">
      <h3 id={`${set}-title`} className="font-semibold">
        {title} <span className="font-normal text-muted">({joint})</span>
      </h3>
      <p className="text-muted">{means}</p>
      {list.length > 0 && (
        <ol className="mt-3 grid gap-3">
          {list.map((row, index) => (
            <li key={row.key} className="min-w-0">
              {index > 0 && (
                <p aria-hidden className="mb-3 font-medium text-muted text-xs uppercase">
                  {BETWEEN[set]}
                </p>
              )}
              <div className="rounded-md border border-line bg-sunken/40 p-3">
                <RuleRowFields
                  row={row}
                  path={`${set}.${index}`}
                  name={`${title} rule ${index + 1}`}
                  onChange={(changed) => change(index, changed)}
                  onRemove={() => remove(index)}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      {!readOnly && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button
            id={set}
            ref={add}
            size="sm"
            onClick={append}
            aria-describedby={error ? `${set}-error` : undefined}
          >
            <Plus aria-hidden />
            Add {set}
          </Button>
          {error && (
            <p id={`${set}-error`} className="font-medium text-danger">
              {error}
            </p>
          )}
        </div>
      )}
      {readOnly && list.length === 0 && <p className="mt-2 text-muted">No rules.</p>}
      <span role="status" className="sr-only">
        {said}
      </span>
    </section>
  );
}
