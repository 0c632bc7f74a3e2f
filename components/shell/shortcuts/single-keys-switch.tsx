"use client";
import { useId, useState } from "react";
import { Switch } from "@/components/ui/switch";
import { keepSingleKeys } from "./single-keys";

/** Turns the single keys of this browser on or off, at once. */
export function SingleKeysSwitch({ on }: { on: boolean }) {
  const id = useId();
  const [checked, setChecked] = useState(on);
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <label htmlFor={id} className="font-medium">
          Single-key shortcuts
        </label>
        <p id={`${id}-help`} className="text-muted">
          Turn them off if speech input or a slip of the finger sets them off. Ctrl or Cmd and K
          keeps working. Kept in this browser.
        </p>
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-help`}
        checked={checked}
        onChange={(event) => {
          setChecked(event.target.checked);
          keepSingleKeys(event.target.checked);
        }}
      />
    </div>
  );
}
