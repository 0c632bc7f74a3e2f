"use client";
import { type FormEvent, useRef } from "react";
import { Button, type ButtonVariant } from "@/components/ui/button";
import { hasRoomForTabs, newId } from "./new-tab";
import { testPath } from "./words";

interface TestFormProps {
  loginMethodId: string;
  /** What is tested, by its name: `fix` or `again`. */
  field: { name: string; value: string };
  label: string;
  variant: ButtonVariant;
  /** Told that the test goes on in a tab of its own, under this id. Without it, it takes this tab. */
  onLeft?: (runId: string) => void;
}

/** A button that starts a test: a real form, which works before the script has loaded, too. */
export function TestForm({ loginMethodId, field, label, variant, onLeft }: TestFormProps) {
  const run = useRef<HTMLInputElement>(null);
  function leave({ currentTarget: form }: FormEvent<HTMLFormElement>) {
    const opens = onLeft !== undefined && hasRoomForTabs();
    form.target = opens ? "_blank" : "_self";
    const id = newId();
    if (run.current) run.current.value = id;
    // Once the browser has taken the form: this page may be gone right after.
    if (opens) setTimeout(() => onLeft(id));
  }
  return (
    <form
      method="post"
      action={testPath(loginMethodId)}
      target={onLeft && "_blank"}
      rel="noopener"
      onSubmit={leave}
      className="min-w-0 max-w-full"
    >
      <input type="hidden" name={field.name} value={field.value} />
      <input type="hidden" name="run" defaultValue="" ref={run} />
      <Button type="submit" variant={variant} className="max-w-full">
        <span className="min-w-0 break-words">{label}</span>
      </Button>
    </form>
  );
}
