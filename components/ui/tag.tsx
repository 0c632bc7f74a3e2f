"use client";
import { Lock, X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { focusTag, type TagRoot, type Tags } from "./use-tags";

interface TagProps {
  tag: string;
  badge?: ReactNode;
  locked: boolean;
  tags: Tags;
  root: TagRoot;
}

/** One value. Its remove button is reached by the arrow keys and Backspace, not by Tab. */
export function Tag({ tag, badge, locked, tags, root }: TagProps) {
  const at = tags.removable.indexOf(tag);

  function remove() {
    tags.remove(tag);
    // The next tag slides into this place; after the last one comes the text.
    requestAnimationFrame(() => focusTag(root, at));
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves = new Map([
      ["ArrowLeft", () => focusTag(root, Math.max(at - 1, 0))],
      ["ArrowRight", () => focusTag(root, at + 1)],
      ["Home", () => focusTag(root, 0)],
      ["End", () => focusTag(root, tags.removable.length)],
      ["Backspace", remove],
      ["Delete", remove],
    ]);
    const move = moves.get(event.key);
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    <li className="inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-sm bg-accent-soft pl-2 text-[0.8125rem] leading-5 has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <span className="min-w-0 break-all py-0.5 font-mono">{tag}</span>
      {badge}
      {locked ? (
        <span className="pr-2">
          <Lock aria-hidden className="size-3 text-muted" />
          <span className="sr-only">(always included)</span>
        </span>
      ) : (
        <button
          type="button"
          data-remove
          tabIndex={-1}
          aria-label={`Remove ${tag}`}
          onClick={remove}
          onKeyDown={onKeyDown}
          className="-ml-1 inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:text-danger focus:text-danger"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </li>
  );
}
