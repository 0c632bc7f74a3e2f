"use client";
import { type Ref, useState } from "react";
import { Button } from "@/components/ui/button";
import type { FieldAria } from "@/components/ui/field";
import { SecretInput } from "@/components/ui/secret-input";
import type { StoredSecret } from "@/lib/login-methods/schema";

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

interface SecretFieldProps {
  aria: FieldAria;
  label: string;
  stored: StoredSecret | undefined;
  /** Text to store, blank for "as it is", null for "remove". */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur: () => void;
  removable: boolean;
  disabled: boolean;
  inputRef: Ref<HTMLInputElement>;
}

function Stored({ stored }: { stored: StoredSecret }) {
  return (
    <span className="min-w-0 flex-1 break-words">
      Stored · set{" "}
      <time dateTime={stored.setAt} title={`${stored.setAt} UTC`}>
        {DAY.format(new Date(stored.setAt))}
      </time>{" "}
      by {stored.setBy}
    </span>
  );
}

/** A write-only value: what is stored is never shown, only replaced or removed. */
export function SecretField(props: SecretFieldProps) {
  const { aria, label, stored, value, onChange, onBlur, removable, disabled, inputRef } = props;
  const [replacing, setReplacing] = useState(false);
  const asked = replacing || Boolean(aria["aria-invalid"]);

  if (stored && value === null) {
    return (
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        <span className="flex-1">Removed when you save</span>
        <Button
          {...aria}
          aria-label={`Keep ${label}`}
          disabled={disabled}
          onClick={() => onChange("")}
        >
          Keep
        </Button>
      </div>
    );
  }
  if (stored && !asked) {
    return (
      <div className="flex min-h-9 flex-wrap items-center gap-2">
        <Stored stored={stored} />
        {!disabled && (
          <>
            <Button {...aria} aria-label={`Replace ${label}`} onClick={() => setReplacing(true)}>
              Replace
            </Button>
            {removable && (
              <Button variant="ghost" onClick={() => onChange(null)}>
                Remove<span className="sr-only"> {label}</span>
              </Button>
            )}
          </>
        )}
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-start gap-2">
      <div className="min-w-0 flex-1">
        <SecretInput
          {...aria}
          ref={inputRef}
          autoFocus={replacing}
          disabled={disabled}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      </div>
      {replacing && (
        <Button
          onClick={() => {
            onChange("");
            setReplacing(false);
          }}
        >
          Cancel<span className="sr-only"> replacing {label}</span>
        </Button>
      )}
    </div>
  );
}
