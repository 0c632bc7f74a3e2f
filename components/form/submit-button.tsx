"use client";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

/**
 * Submits its form. A press must not blur the field first: the message that validation would then
 * put under it moves this button from under the pointer, and the click is lost.
 */
export function SubmitButton({
  variant = "primary",
  ...rest
}: Omit<ComponentProps<typeof Button>, "type">) {
  return (
    <Button
      {...rest}
      type="submit"
      variant={variant}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => event.currentTarget.focus()}
    />
  );
}
