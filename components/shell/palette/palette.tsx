"use client";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { entriesOf } from "./entries";
import type { Entry } from "./entry";
import { find } from "./find";
import { Footer } from "./footer";
import { Options, optionId } from "./options";
import { recentIds } from "./recents";
import { type CopyOutcome, useAct } from "./use-act";
import { type Loaded, useLibrary } from "./use-library";
import { useSelection } from "./use-selection";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  showShortcuts: () => void;
  /** Whether this admin may add and test; others find what they may read. */
  mayChange: boolean;
}

type BodyProps = Omit<PaletteProps, "open"> & { loaded: Loaded };

/** What is typed, what it finds, and what Enter does. Made anew at each opening. */
function Body({ loaded, mayChange, onClose, showShortcuts }: BodyProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [recent] = useState(recentIds);
  const [copy, setCopy] = useState<CopyOutcome | null>(null);
  const sections = find(entriesOf(loaded.library, mayChange), query, recent);
  const entries = sections.flatMap((section) => section.entries);
  const { selected, select, move } = useSelection(entries);
  const act = useAct({ close: onClose, showShortcuts, onCopied: setCopy });
  const current = selected && optionId(id, selected.id);

  useEffect(() => {
    if (current) document.getElementById(current)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const choose = (entry: Entry, inNewTab: boolean) => void act(entry, inNewTab);
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || move(event) || event.key !== "Enter") return;
    event.preventDefault();
    if (selected) choose(selected, event.ctrlKey || event.metaKey);
  }

  return (
    <>
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <input
          data-autofocus=""
          type="text"
          role="combobox"
          aria-label="Search pages, login methods and actions"
          aria-expanded={entries.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={current}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search pages, login methods and actions"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setCopy(null);
            select(null);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-muted"
        />
      </div>
      <Options
        id={id}
        sections={sections}
        selected={selected?.id}
        onSelect={(entry) => select(entry.id)}
        onChoose={choose}
      />
      {entries.length === 0 && (
        <p className="px-4 py-8 text-center text-muted">
          Nothing matches. Try the name of a page, of a login method, or of what you want to do.
        </p>
      )}
      <Footer count={entries.length} copy={copy} loaded={loaded} />
    </>
  );
}

/** Search everything: a native modal dialog around a combobox (APG). */
export function Palette({ open, ...rest }: PaletteProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const loaded = useLibrary(open);

  // Before the browser paints, and before React takes the dialog away: closing gives the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-label="Search everything"
      onCancel={(event) => {
        event.preventDefault();
        rest.onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) rest.onClose();
      }}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        rest.onClose();
      }}
      className="mx-auto mt-[max(1rem,12dvh)] mb-4 max-h-[min(34rem,calc(100dvh-2rem))] w-[calc(100%-2rem)] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-surface p-0 text-ink text-sm shadow-floating open:flex"
    >
      {open && <Body {...rest} loaded={loaded} />}
    </dialog>
  );
}
