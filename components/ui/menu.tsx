"use client";
import { EllipsisVertical } from "lucide-react";
import Link from "next/link";
import * as DropdownMenu from "radix-ui/dropdown-menu";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export interface MenuItem {
  label: string;
  onSelect?: () => void;
  href?: string;
  tone?: "default" | "danger";
}

interface MenuProps {
  /** Name of the button, such as "Actions for Okta". */
  label: string;
  items: MenuItem[];
  /** What the button shows; three dots otherwise. */
  trigger?: ReactNode;
  /** Stands above the items. */
  heading?: ReactNode;
}

const itemClass = (tone: MenuItem["tone"]): string =>
  classNames(
    "flex min-h-8 cursor-pointer select-none items-center rounded-sm px-2.5 py-1 text-left no-underline outline-none data-highlighted:bg-sunken data-highlighted:outline-2 data-highlighted:outline-transparent",
    tone === "danger" ? "text-danger" : "text-ink",
  );

function Item({ item }: { item: MenuItem }) {
  return (
    <DropdownMenu.Item
      asChild={Boolean(item.href)}
      onSelect={item.onSelect}
      className={itemClass(item.tone)}
    >
      {item.href ? <Link href={item.href}>{item.label}</Link> : item.label}
    </DropdownMenu.Item>
  );
}

/**
 * A menu button. Not modal: a modal one would inject styles, which the CSP refuses. In place and not in
 * a portal: its position is fixed anyway, and it stays inside its landmark and inside an open dialog.
 */
export function Menu({ label, items, trigger, heading }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken data-[state=open]:text-ink"
      >
        {trigger ?? <EllipsisVertical aria-hidden className="size-4" />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className="z-50 min-w-44 max-w-72 rounded-md border border-line bg-surface p-1 text-ink shadow-floating"
      >
        {heading && (
          <>
            <div className="px-2.5 py-1.5">{heading}</div>
            <DropdownMenu.Separator className="my-1 border-line border-t" />
          </>
        )}
        {items.map((item) => (
          <Item key={item.label} item={item} />
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
