import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const BASE =
  "inline-flex min-h-9 shrink-0 items-center justify-center gap-2 rounded-md border px-3.5 py-1.5 text-center font-medium text-sm leading-5 no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-control bg-surface text-ink hover:bg-sunken",
  ghost: "border-transparent bg-transparent text-ink hover:bg-sunken",
  danger: "border-transparent bg-danger text-on-danger hover:bg-danger-strong",
};

/** The look of a button, for an element that must be something else. */
export const buttonClass = (variant: ButtonVariant = "secondary", className?: string): string =>
  classNames(BASE, VARIANTS[variant], className);

interface Look {
  variant?: ButtonVariant;
}

/** `pending` keeps the label, adds a spinner, and ignores further presses without losing focus. */
export function Button({
  variant,
  pending = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look & { pending?: boolean }) {
  return (
    <button
      {...rest}
      type={pending && type === "submit" ? "button" : type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={buttonClass(variant, className)}
    >
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

export function LinkButton({ variant, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={buttonClass(variant, className)} />;
}

/** A plain link that looks like a button: for route handlers, downloads and other tabs. */
export function AnchorButton({
  variant,
  className,
  children,
  ...rest
}: ComponentProps<"a"> & Look) {
  return (
    <a {...rest} className={buttonClass(variant, className)}>
      {children}
    </a>
  );
}
