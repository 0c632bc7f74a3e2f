import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md border text-center font-medium text-sm leading-5 no-underline transition-colors disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0";

const SIZES: Record<ButtonSize, string> = {
  sm: "min-h-8 px-2.5 py-1",
  md: "min-h-9 px-3.5 py-1.5",
};

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-edge bg-surface text-ink shadow-raised hover:bg-sunken",
  ghost: "border-transparent bg-transparent text-ink hover:bg-sunken",
  danger: "border-transparent bg-danger text-on-danger hover:bg-danger-strong",
};

interface Look {
  variant?: ButtonVariant;
  /** `sm` is for rows and headers of cards. */
  size?: ButtonSize;
  className?: string;
}

const look = ({ variant = "secondary", size = "md", className }: Look): string =>
  classNames(BASE, SIZES[size], VARIANTS[variant], className);

/** `pending` keeps the label, adds a spinner, and ignores further presses without losing focus. */
export function Button({
  variant,
  size,
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
      className={look({ variant, size, className })}
    >
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

export function LinkButton({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={look({ variant, size, className })} />;
}

/** A plain link that looks like a button: for route handlers, downloads and other tabs. */
export function AnchorButton({
  variant,
  size,
  className,
  children,
  ...rest
}: ComponentProps<"a"> & Look) {
  return (
    <a {...rest} className={look({ variant, size, className })}>
      {children}
    </a>
  );
}
