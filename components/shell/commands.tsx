"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { Keys } from "./shortcuts/key-cap";
import type { Command } from "./shortcuts/keys";
import { useGo } from "./use-go";
import { useShortcuts } from "./use-shortcuts";

/** Loaded at the first use: no page pays for what nobody opened. */
const Palette = dynamic(() => import("./palette/palette").then((module) => module.Palette), {
  ssr: false,
});
const ShortcutSheet = dynamic(
  () => import("./shortcuts/shortcut-sheet").then((module) => module.ShortcutSheet),
  { ssr: false },
);

type Shown = "palette" | "sheet";

/** The search field of a page, if it has one that can be seen. */
const pageSearch = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>("main input[type=search]");

/** The Search button of the top bar, and every key of the console. */
export function Commands({ mayChange }: { mayChange: boolean }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [wanted, setWanted] = useState<readonly Shown[]>([]);
  const go = useGo();

  const show = useCallback((what: Shown) => {
    setWanted((before) => (before.includes(what) ? before : [...before, what]));
    setShown(what);
  }, []);
  const hide = useCallback(() => setShown(null), []);

  const run = useCallback(
    (command: Command) => {
      if (typeof command === "object") return go(command.go);
      const search = command === "search" ? pageSearch() : null;
      if (search) search.focus();
      else show(command === "sheet" ? "sheet" : "palette");
    },
    [go, show],
  );
  useShortcuts(mayChange, run);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => show("palette")}
        className="inline-flex h-9 shrink-0 items-center gap-2 rounded-md text-muted hover:text-ink max-sm:size-9 max-sm:justify-center max-sm:hover:bg-sunken sm:border sm:border-edge sm:bg-surface sm:px-3 sm:shadow-raised md:w-56"
      >
        <Search aria-hidden className="size-4" />
        <span className="max-sm:sr-only">Search</span>
        <span aria-hidden className="ml-auto max-md:hidden">
          <Keys keys={["Ctrl/⌘", "K"]} />
        </span>
      </button>
      {wanted.includes("palette") && (
        <Palette
          open={shown === "palette"}
          onClose={hide}
          showShortcuts={() => show("sheet")}
          mayChange={mayChange}
        />
      )}
      {wanted.includes("sheet") && (
        <ShortcutSheet open={shown === "sheet"} onClose={hide} mayChange={mayChange} />
      )}
    </>
  );
}
