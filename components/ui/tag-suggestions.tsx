"use client";
import { classNames } from "./class-names";
import type { Suggestion } from "./tag-values";

interface TagSuggestionsProps {
  id: string;
  matches: readonly Suggestion[];
  /** Place of the option that the keys stand on, or -1. */
  active: number;
  onChoose: (value: string) => void;
}

/** The list under a tag input. Focus stays in the text; the options are pointed at, not focused. */
export function TagSuggestions({ id, matches, active, onChoose }: TagSuggestionsProps) {
  return (
    <>
      <div
        id={id}
        role="listbox"
        aria-label="Suggestions"
        hidden={matches.length === 0}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-60 overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-floating"
      >
        {matches.map(({ value, label, detail }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here instead
          <div
            key={value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            ref={(option) => {
              if (index === active) option?.scrollIntoView({ block: "nearest" });
            }}
            // Keeps the focus, and with it what was typed, in the text.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(value)}
            className={classNames(
              "flex min-h-8 cursor-pointer flex-wrap items-center gap-x-3 rounded-sm px-2 py-1 hover:bg-sunken",
              index === active && "bg-sunken outline-2 outline-accent -outline-offset-2",
            )}
          >
            {label && <span className="break-words">{label}</span>}
            <span className={classNames("break-all font-mono", label && "text-muted text-xs")}>
              {value}
            </span>
            {detail && <span className="ml-auto text-muted text-xs">{detail}</span>}
          </div>
        ))}
      </div>
      <span role="status" className="sr-only">
        {matches.length > 0 && `${matches.length} suggestions`}
      </span>
    </>
  );
}
