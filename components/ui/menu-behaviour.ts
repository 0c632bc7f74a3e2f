import type { KeyboardEvent } from "react";

const GAP = 4;
const ITEM_HEIGHT = 32;
const HEADING_HEIGHT = 90;

const itemsOf = (menu: ParentNode): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>("[role=menuitem]"),
];

function place(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const height = itemsOf(menu).length * ITEM_HEIGHT + HEADING_HEIGHT;
  const below = innerHeight - bottom;
  const above = below < height && top > below;
  menu.style.right = `${document.documentElement.clientWidth - right}px`;
  menu.style.top = above ? "auto" : `${bottom + GAP}px`;
  menu.style.bottom = above ? `${innerHeight - top + GAP}px` : "auto";
}

/**
 * Puts a menu under its button, right edges in line, or above it where the window ends; it follows
 * the button when the page scrolls. The height is reckoned and not measured: this runs before the
 * menu is shown, so that it never jumps.
 */
export function placeMenu(menu: HTMLElement, button: HTMLElement | null): void {
  if (!button) return;
  place(menu, button);
  const follow = () => {
    if (menu.matches(":popover-open")) place(menu, button);
    else removeEventListener("scroll", follow, true);
  };
  addEventListener("scroll", follow, { capture: true, passive: true });
}

/** Focuses an item of a menu that has just opened; `kept` leaves a focus that is already inside. */
export function focusOnOpen(menu: HTMLElement | null, which: "first" | "last" | "kept"): void {
  if (!menu || (which === "kept" && menu.contains(document.activeElement))) return;
  const items = itemsOf(menu);
  items.at(which === "last" ? -1 : 0)?.focus();
}

/** The keys of an open menu: arrows, Home, End and first letters move; Tab closes and goes on. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  if (event.key === "Tab") {
    close();
    return;
  }
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const target = targetOf(event.key, items, at);
  if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  target.focus();
}

function targetOf(key: string, items: HTMLElement[], at: number): HTMLElement | undefined {
  const count = items.length;
  const moves = new Map([
    ["ArrowDown", (at + 1) % count],
    ["ArrowUp", (at - 1 + count) % count],
    ["Home", 0],
    ["End", count - 1],
  ]);
  const place = moves.get(key);
  if (place !== undefined) return items[place];
  if (key.length !== 1 || key === " ") return undefined;
  const from = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return from.find((item) => item.textContent.toLowerCase().startsWith(key.toLowerCase()));
}
