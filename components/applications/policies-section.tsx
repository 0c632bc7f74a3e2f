"use client";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Controller } from "react-hook-form";
import { DECISION_TONES, policyPath } from "@/components/policies/policy-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { DECISION_LABELS } from "@/lib/policies/schema";
import { type Choices, useApplication } from "./form-context";
import { PolicyWarnings } from "./policy-warnings";

type PolicyChoice = Choices["policies"][number];

const moved = (ids: readonly string[], from: number, to: number): string[] => {
  const next = [...ids];
  const [id] = next.splice(from, 1);
  if (id !== undefined) next.splice(to, 0, id);
  return next;
};

interface RowProps {
  policy: PolicyChoice;
  index: number;
  last: number;
  readOnly: boolean;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function PolicyRow({ policy, index, last, readOnly, onMove, onRemove }: RowProps) {
  const { id, name, decision, sentence } = policy;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 border-line py-3 [&+&]:border-t">
      <span className="w-6 pt-0.5 text-muted tabular-nums">{index + 1}.</span>
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <Link href={policyPath(id)} className="break-words font-medium hover:underline">
            {name}
          </Link>
          <Badge tone={DECISION_TONES[decision]}>{DECISION_LABELS[decision]}</Badge>
        </p>
        <p className="break-words text-muted">{sentence}</p>
      </div>
      {!readOnly && (
        <div className="flex gap-1">
          <Button
            size="sm"
            aria-label={`Move ${name} up`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <ArrowUp aria-hidden className="size-4" />
          </Button>
          <Button
            size="sm"
            aria-label={`Move ${name} down`}
            disabled={index === last}
            onClick={() => onMove(index + 1)}
          >
            <ArrowDown aria-hidden className="size-4" />
          </Button>
          <Button size="sm" aria-label={`Remove ${name}`} onClick={onRemove}>
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      )}
    </li>
  );
}

interface AddProps {
  left: readonly PolicyChoice[];
  onAdd: (id: string) => void;
}

function AddPolicy({ left, onAdd }: AddProps) {
  const [id, setId] = useState("");
  if (left.length === 0) {
    return (
      <p className="text-muted">
        There is no other policy.{" "}
        <Link href="/access/policies/new" className="text-accent underline underline-offset-2">
          Add a policy
        </Link>
      </p>
    );
  }
  return (
    <div className="flex max-w-xl flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-60">
        <Field id="add-policy" label="Select an existing policy">
          {(aria) => (
            <Select {...aria} value={id} onChange={(event) => setId(event.target.value)}>
              <option value="">Choose a policy</option>
              {left.map((policy) => (
                <option key={policy.id} value={policy.id}>
                  {`${policy.name} (${DECISION_LABELS[policy.decision]})`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Button
        disabled={id === ""}
        onClick={() => {
          onAdd(id);
          setId("");
        }}
      >
        Add policy
      </Button>
    </div>
  );
}

/** The policies of an application in their order. */
export function PoliciesSection() {
  const { form, choices, readOnly } = useApplication();
  return (
    <Card
      title="Policies"
      description="Bypass and Service Auth are judged first; then Allow and Block from top to bottom, and the first that matches decides."
    >
      <Controller
        control={form.control}
        name="policies"
        render={({ field, fieldState }) => {
          const chosen = field.value.flatMap(
            (id) => choices.policies.find((policy) => policy.id === id) ?? [],
          );
          return (
            <div className="grid gap-4">
              {fieldState.error?.message && (
                <p className="text-danger">{fieldState.error.message}</p>
              )}
              <PolicyWarnings chosen={chosen} />
              {chosen.length > 0 && (
                <ol aria-label="Policies of this application">
                  {chosen.map((policy, index) => (
                    <PolicyRow
                      key={policy.id}
                      policy={policy}
                      index={index}
                      last={chosen.length - 1}
                      readOnly={readOnly}
                      onMove={(to) => field.onChange(moved(field.value, index, to))}
                      onRemove={() => field.onChange(field.value.filter((id) => id !== policy.id))}
                    />
                  ))}
                </ol>
              )}
              {!readOnly && (
                <AddPolicy
                  left={choices.policies.filter(({ id }) => !field.value.includes(id))}
                  onAdd={(id) => field.onChange([...field.value, id])}
                />
              )}
            </div>
          );
        }}
      />
    </Card>
  );
}
