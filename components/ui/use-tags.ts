"use client";
import { type RefObject, useState } from "react";
import { addTags } from "./tag-values";

interface Options {
  value: string[];
  onChange: (value: string[]) => void;
  locked: readonly string[];
  max: number;
  separators: RegExp;
}

/** The values of a tag input: adding, removing, and what to say about it. */
export function useTags({ value, onChange, locked, max, separators }: Options) {
  const [said, setSaid] = useState("");
  return {
    said,
    separators,
    removable: value.filter((tag) => !locked.includes(tag)),
    add(text: string) {
      const change = addTags(value, text, { max, separators });
      setSaid(change.said);
      if (change.value.length !== value.length) onChange(change.value);
    },
    remove(tag: string) {
      onChange(value.filter((other) => other !== tag));
      setSaid(`Removed ${tag}.`);
    },
  };
}

export type Tags = ReturnType<typeof useTags>;
export type TagRoot = RefObject<HTMLFieldSetElement | null>;

/** Focuses the remove button of the tag at `index`, or the text when there is none. */
export function focusTag(root: TagRoot, index: number): void {
  const button = root.current?.querySelectorAll<HTMLElement>("[data-remove]")[index];
  (button ?? root.current?.querySelector<HTMLElement>("[data-text]"))?.focus();
}
