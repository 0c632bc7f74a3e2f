"use client";
import { useEffect } from "react";
import { type Command, commandOf } from "./shortcuts/keys";
import { singleKeysHere } from "./shortcuts/single-keys";

/** How long `g` waits for the key that follows. */
const PREFIX_MS = 1500;

const TEXT = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
/** Controls that take letters for themselves: a menu goes to the item that begins with one. */
const OPEN = "dialog[open], [popover]:popover-open";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TEXT) !== null;

/** Listens for the keys of the console on every page. */
export function useShortcuts(mayChange: boolean, run: (command: Command) => void): void {
  useEffect(() => {
    let prefixAt = Number.NEGATIVE_INFINITY;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat) return;
      const command = commandOf(event, {
        typing: isTyping(event.target),
        modal: document.querySelector(OPEN) !== null,
        singleKeys: singleKeysHere(),
        afterG: event.timeStamp - prefixAt < PREFIX_MS,
        mayChange,
      });
      prefixAt = command === "prefix" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (command === null || command === "prefix") return;
      event.preventDefault();
      run(command);
    }
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [mayChange, run]);
}
