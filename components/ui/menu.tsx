"use client";
import { EllipsisVertical } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { classNames } from "./class-names";
import { focusOnOpen, moveFocus, placeMenu } from "./menu-behaviour";

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

function Item({ item, onChosen }: { item: MenuItem; onChosen: () => void }) {
  const look = {
    role: "menuitem",
    tabIndex: -1,
    className: classNames(
      "-outline-offset-2 flex min-h-8 w-full items-center rounded-sm px-2.5 py-1 text-left hover:bg-sunken focus:bg-sunken",
      item.tone === "danger" ? "text-danger" : "text-ink",
    ),
    onClick: () => {
      onChosen();
      item.onSelect?.();
    },
  };
  return item.href ? (
    <Link href={item.href} {...look}>
      {item.label}
    </Link>
  ) : (
    <button type="button" {...look}>
      {item.label}
    </button>
  );
}

/**
 * A menu button (APG) on a native popover: the browser closes it on Escape and on a press elsewhere,
 * gives the focus back, and shows it above everything, an open dialog included.
 */
export function Menu({ label, items, trigger, heading }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => menu.current?.hidePopover();

  function onButtonKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    menu.current?.showPopover();
    focusOnOpen(menu.current, event.key === "ArrowUp" ? "last" : "first");
  }

  return (
    <span className="inline-flex shrink-0">
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        onKeyDown={onButtonKeyDown}
        className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink aria-expanded:bg-sunken aria-expanded:text-ink"
      >
        {trigger ?? <EllipsisVertical aria-hidden className="size-4" />}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        onBeforeToggle={(event) => {
          if (event.newState === "open") placeMenu(event.currentTarget, button.current);
        }}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          if (event.newState === "open") focusOnOpen(event.currentTarget, "kept");
        }}
        className="fixed inset-auto min-w-44 max-w-72 rounded-md border border-line bg-surface p-1 text-ink text-sm shadow-floating"
      >
        {heading && <div className="mb-1 border-line border-b px-2.5 pt-1.5 pb-2">{heading}</div>}
        <div role="menu" aria-label={label} onKeyDown={(event) => moveFocus(event, close)}>
          {items.map((item) => (
            <Item key={item.label} item={item} onChosen={close} />
          ))}
        </div>
      </div>
    </span>
  );
}
