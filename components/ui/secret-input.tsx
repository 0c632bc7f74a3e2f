"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { classNames } from "./class-names";

/** A write-only value. What was typed can be shown; what is stored never comes here. */
export function SecretInput({
  className,
  autoComplete = "off",
  ...rest
}: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <input
        {...rest}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        className={classNames("control pr-19 font-mono", className)}
      />
      <button
        type="button"
        disabled={rest.disabled}
        aria-controls={rest.id}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-1 right-1 inline-flex items-center gap-1.5 rounded-sm px-2 text-muted text-xs hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden className="size-3.5" />
        {shown ? "Hide" : "Show"}
      </button>
    </span>
  );
}
