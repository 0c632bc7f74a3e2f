"use client";
import {
  ArrowRight,
  Copy,
  ExternalLink,
  Keyboard,
  LogOut,
  type LucideIcon,
  SunMoon,
} from "lucide-react";
import type { MouseEvent } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Act, Entry } from "./entry";
import type { Section } from "./find";

const ICONS: Record<Act["do"], LucideIcon> = {
  go: ArrowRight,
  open_tab: ExternalLink,
  copy: Copy,
  theme: SunMoon,
  shortcuts: Keyboard,
  sign_out: LogOut,
};

interface OptionsProps {
  id: string;
  sections: readonly Section[];
  /** Id of the entry that Enter would choose. */
  selected: string | undefined;
  onSelect: (entry: Entry) => void;
  onChoose: (entry: Entry, inNewTab: boolean) => void;
}

export const optionId = (listId: string, entryId: string) => `${listId}-${entryId}`;

type OptionProps = Omit<OptionsProps, "sections"> & { entry: Entry };

function Option({ id, entry, selected, onSelect, onChoose }: OptionProps) {
  const Icon = ICONS[entry.act.do];
  const isSelected = entry.id === selected;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are with the combobox, as the pattern has it
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant takes the place of focus
    <div
      role="option"
      id={optionId(id, entry.id)}
      aria-selected={isSelected}
      // The focus stays in the text field.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => {
        if (!isSelected) onSelect(entry);
      }}
      onClick={(event: MouseEvent) => onChoose(entry, event.ctrlKey || event.metaKey)}
      className={classNames(
        "flex min-h-9 cursor-pointer scroll-my-8 items-center gap-2.5 rounded-md px-2.5 py-1.5",
        isSelected &&
          "bg-accent-soft forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 break-words">{entry.label}</span>
      {entry.note && (
        <span className="ml-auto min-w-0 truncate pl-2 text-muted text-xs">{entry.note}</span>
      )}
    </div>
  );
}

/** The list of a combobox: grouped, with one option selected at a time. */
export function Options({ sections, ...option }: OptionsProps) {
  return (
    <div
      role="listbox"
      id={option.id}
      aria-label="Results"
      className="min-h-0 flex-1 space-y-3 overflow-y-auto p-2 empty:hidden"
    >
      {sections.map(({ title, entries }) => {
        const heading = `${option.id}-in-${title.replace(" ", "-")}`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot group options
          <div key={title} role="group" aria-labelledby={heading}>
            <div
              id={heading}
              role="presentation"
              className="px-2.5 pb-1 font-medium text-muted text-xs"
            >
              {title}
            </div>
            {entries.map((entry) => (
              <Option key={entry.id} entry={entry} {...option} />
            ))}
          </div>
        );
      })}
    </div>
  );
}
