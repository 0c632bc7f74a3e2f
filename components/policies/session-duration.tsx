"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";

/** Go durations that the console offers by name. */
export const SESSION_DURATIONS: Record<string, string> = {
  "0s": "No duration: ask the provider each time",
  "15m": "15 minutes",
  "30m": "30 minutes",
  "1h": "1 hour",
  "6h": "6 hours",
  "12h": "12 hours",
  "24h": "24 hours",
  "168h": "7 days",
  "730h": "1 month",
};

const CUSTOM = "custom";

interface SessionDurationProps {
  id: string;
  /** A Go duration; null for what `inherited` says. */
  value: string | null;
  onChange: (value: string | null) => void;
  onBlur: () => void;
  /** Such as `Same as application session`. */
  inherited: string;
  error: string | undefined;
  disabled: boolean;
}

/** How long somebody stays signed in to an application. */
export function SessionDuration(props: SessionDurationProps) {
  const { id, value, onChange, onBlur, inherited, error, disabled } = props;
  const [typing, setTyping] = useState(false);
  const custom = value !== null && (typing || !Object.hasOwn(SESSION_DURATIONS, value));
  const choice = custom ? CUSTOM : (value ?? "");

  function choose(chosen: string) {
    setTyping(chosen === CUSTOM);
    if (chosen === CUSTOM) onChange(value ?? "");
    else onChange(chosen === "" ? null : chosen);
  }

  return (
    <div className="grid max-w-xl gap-x-4 gap-y-3 sm:grid-cols-2">
      <Field
        id={custom ? `${id}-choice` : id}
        label="Session duration"
        help="How long people stay signed in to the application. Shorter asks more often."
        error={custom ? undefined : error}
      >
        {(aria) => (
          <Select
            {...aria}
            value={choice}
            disabled={disabled}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{inherited}</option>
            {Object.entries(SESSION_DURATIONS).map(([duration, label]) => (
              <option key={duration} value={duration}>
                {label}
              </option>
            ))}
            <option value={CUSTOM}>Custom</option>
          </Select>
        )}
      </Field>
      {custom && (
        <Field id={id} label="Custom duration" help="Such as 90m or 1h30m." error={error}>
          {(aria) => (
            <Input
              {...aria}
              value={value}
              placeholder="1h30m"
              autoComplete="off"
              disabled={disabled}
              onChange={(event) => onChange(event.target.value)}
              onBlur={onBlur}
            />
          )}
        </Field>
      )}
    </div>
  );
}
