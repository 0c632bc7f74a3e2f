"use client";
import type { ComponentProps, MouseEvent } from "react";
import { Button } from "@/components/ui/button";

/**
 * For `onMouseDown`: a press must not blur the field first. What its validation would then put under
 * it moves the button from under the pointer, and the click is lost.
 */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

/** Submits its form. */
export function SubmitButton({
  variant = "primary",
  ...rest
}: Omit<ComponentProps<typeof Button>, "type">) {
  return (
    <Button
      {...rest}
      type="submit"
      variant={variant}
      onMouseDown={keepFocus}
      onClick={(event) => event.currentTarget.focus()}
    />
  );
}
