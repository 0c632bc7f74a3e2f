"use client";
import { type ReactNode, type Ref, useRef } from "react";
import { classNames } from "./class-names";
import { Tag } from "./tag";
import { TagText } from "./tag-text";
import type { Suggestion } from "./tag-values";
import { focusTag, useTags } from "./use-tags";

interface TagInputProps {
  id: string;
  value: string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  suggestions?: readonly Suggestion[];
  /** Tags that cannot be removed. */
  locked?: readonly string[];
  max?: number;
  placeholder?: string;
  /** What separates values in typed or pasted text; a space too, for OAuth scopes. */
  separators?: RegExp;
  /** Shown inside a tag, such as "Seen in last test". */
  badgeFor?: (tag: string) => ReactNode;
  disabled?: boolean;
  ref?: Ref<HTMLInputElement>;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

const NO_TAGS: readonly string[] = [];
const NO_SUGGESTIONS: readonly Suggestion[] = [];
const LIST_SEPARATORS = /[,\n\r]/;

function Tray(props: Omit<TagInputProps, "onChange" | "max" | "separators"> & TrayState) {
  const { value, locked = NO_TAGS, badgeFor, disabled, tags, root, suggestions, ...text } = props;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the text inside it
    <div
      onMouseDown={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        focusTag(root, tags.removable.length);
      }}
      className={classNames(
        "tray",
        text["aria-invalid"] && "border-danger",
        disabled && "bg-sunken text-muted",
      )}
    >
      <ul className="contents">
        {value.map((tag) => (
          <Tag
            key={tag}
            tag={tag}
            badge={badgeFor?.(tag)}
            locked={locked.includes(tag)}
            tags={tags}
            root={root}
          />
        ))}
      </ul>
      <TagText
        {...text}
        value={value}
        suggestions={suggestions ?? NO_SUGGESTIONS}
        tags={tags}
        root={root}
      />
    </div>
  );
}

interface TrayState {
  tags: ReturnType<typeof useTags>;
  root: React.RefObject<HTMLFieldSetElement | null>;
}

/** A list of short values. Enter, a comma or Tab adds; Backspace goes to the last tag, then removes it. */
export function TagInput({
  onChange,
  max = 50,
  separators = LIST_SEPARATORS,
  ...props
}: TagInputProps) {
  const { id, value, locked = NO_TAGS, disabled } = props;
  const root = useRef<HTMLFieldSetElement>(null);
  const tags = useTags({ value, onChange, locked, max, separators });
  const described = [props["aria-describedby"], `${id}-keys`].filter(Boolean).join(" ");
  return (
    <fieldset ref={root} disabled={disabled} className="group/tags min-w-0">
      <Tray {...props} aria-describedby={described} tags={tags} root={root} />
      <p className="mt-1 flex flex-wrap justify-between gap-x-4 text-muted text-xs">
        <span id={`${id}-keys`}>
          {separators.test(",") ? "Enter or a comma adds." : "Enter adds."} Backspace removes.
        </span>
        <span>
          {value.length} of {max}
        </span>
      </p>
      <span role="status" className="sr-only">
        {tags.said}
      </span>
    </fieldset>
  );
}
