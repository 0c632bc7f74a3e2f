"use client";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { TAB_LIST, tabClass } from "./tab-look";

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Tabs over content that is already here; arrow keys move and show at once (APG tabs). */
export function Tabs({
  label,
  tabs,
  initial = tabs[0]?.id,
}: {
  label: string;
  /** Id of the tab to begin with. */
  initial?: string | undefined;
  tabs: { id: string; label: string; content: ReactNode }[];
}) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(initial);
  const at = Math.max(
    tabs.findIndex((tab) => tab.id === chosen),
    0,
  );

  function onKeyDown(event: KeyboardEvent) {
    const next = MOVES[event.key]?.(at, tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(tabs[next]?.id);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  }

  return (
    <div>
      <div ref={list} role="tablist" aria-label={label} onKeyDown={onKeyDown} className={TAB_LIST}>
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}-tab`}
            aria-selected={index === at}
            aria-controls={`${base}-${tab.id}`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setChosen(tab.id)}
            className={tabClass(index === at)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab, index) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${base}-${tab.id}`}
          aria-labelledby={`${base}-${tab.id}-tab`}
          hidden={index !== at}
          className="pt-4"
        >
          {tab.content}
        </div>
      ))}
    </div>
  );
}
