import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A native checkbox that looks and speaks as a switch; label it with `Field` or `aria-label`. */
export function Switch({ className, ...rest }: Omit<ComponentProps<"input">, "type" | "role">) {
  return (
    // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox reports its own checked state
    <input {...rest} type="checkbox" role="switch" className={classNames("switch", className)} />
  );
}
