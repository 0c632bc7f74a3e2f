"use client";
import { type ClipboardEvent, type KeyboardEvent, type Ref, useId, useState } from "react";
import { TagSuggestions } from "./tag-suggestions";
import { matchingSuggestions, type Suggestion } from "./tag-values";
import { focusTag, type TagRoot, type Tags } from "./use-tags";

interface TagTextProps {
  id: string;
  value: readonly string[];
  suggestions: readonly Suggestion[];
  tags: Tags;
  root: TagRoot;
  placeholder?: string;
  onBlur?: () => void;
  ref?: Ref<HTMLInputElement>;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

/** What is being typed, and the list of suggestions under it (null: closed; -1: nothing chosen). */
function useDraft(tags: Tags, value: readonly string[], suggestions: readonly Suggestion[]) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState<number | null>(null);
  const matches = active === null ? [] : matchingSuggestions(suggestions, value, typed);
  const chosen = matches[active ?? -1]?.value;

  function commit(text: string) {
    setTyped("");
    setActive(null);
    if (text.trim()) tags.add(text);
  }

  function edit(text: string) {
    if (tags.separators.test(text)) return commit(text);
    setTyped(text);
    setActive(-1);
  }

  function move(step: 1 | -1) {
    if (active === null || matches.length === 0) return setActive(-1);
    const next = active + step;
    setActive(next < 0 ? matches.length - 1 : next % matches.length);
  }

  return { typed, active, matches, chosen, commit, edit, move, setActive };
}

type Draft = ReturnType<typeof useDraft>;

/** Answers whether the key was used up here. */
function handleKey(key: string, draft: Draft): boolean {
  const text = draft.chosen ?? draft.typed;
  if (key === "ArrowDown" || key === "ArrowUp") {
    draft.move(key === "ArrowDown" ? 1 : -1);
    return true;
  }
  if (key === "Enter" && text.trim()) {
    draft.commit(text);
    return true;
  }
  if (key === "Tab" && draft.chosen) draft.commit(draft.chosen);
  if (key === "Escape" && draft.matches.length > 0) {
    draft.setActive(null);
    return true;
  }
  return false;
}

export function TagText({ id, value, suggestions, tags, root, onBlur, ...rest }: TagTextProps) {
  const list = useId();
  const draft = useDraft(tags, value, suggestions);
  const open = draft.matches.length > 0;

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const toTags = event.key === "Backspace" || event.key === "ArrowLeft";
    if (toTags && selectionStart === 0 && selectionEnd === 0 && tags.removable.length > 0) {
      event.preventDefault();
      focusTag(root, tags.removable.length - 1);
    } else if (handleKey(event.key, draft)) {
      event.preventDefault();
    }
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text");
    if (!tags.separators.test(pasted)) return;
    event.preventDefault();
    draft.commit(`${draft.typed}${pasted}`);
  }

  return (
    <>
      <input
        {...rest}
        id={id}
        data-text
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={draft.chosen ? `${list}-${draft.active}` : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.typed}
        onChange={(event) => draft.edit(event.target.value)}
        onClick={() => draft.setActive(draft.active ?? -1)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => {
          // Leaving keeps what was typed: nobody expects Save to drop it.
          draft.commit(draft.typed);
          onBlur?.();
        }}
        className="min-h-6 min-w-32 flex-1 border-0 bg-transparent p-0 font-mono outline-none placeholder:font-sans"
      />
      <TagSuggestions
        id={list}
        matches={draft.matches}
        active={draft.active ?? -1}
        onChoose={draft.commit}
      />
    </>
  );
}
