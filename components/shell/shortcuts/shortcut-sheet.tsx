"use client";
import { Fragment } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Keys } from "./key-cap";
import { PLACES } from "./keys";
import { singleKeysHere } from "./single-keys";
import { SingleKeysSwitch } from "./single-keys-switch";

interface Row {
  keys: string[];
  does: string;
}

const sections = (mayChange: boolean): { title: string; rows: Row[] }[] => [
  {
    title: "Everywhere",
    rows: [
      { keys: ["Ctrl/⌘", "K"], does: "Search pages, login methods and actions" },
      { keys: ["/"], does: "Go to the search of this page, or search everything" },
      { keys: ["?"], does: "Show these shortcuts" },
      { keys: ["Esc"], does: "Close what is on top" },
    ],
  },
  {
    title: "Go to",
    rows: PLACES.map(({ key, label }) => ({ keys: ["g", key], does: label })),
  },
  ...(mayChange
    ? [
        {
          title: "Login methods",
          rows: [
            { keys: ["c"], does: "Add new login method" },
            { keys: ["Ctrl/⌘", "S"], does: "Save the form" },
          ],
        },
      ]
    : []),
];

interface ShortcutSheetProps {
  open: boolean;
  onClose: () => void;
  mayChange: boolean;
}

/** Every key that the console knows, and the switch for those that are a single key. */
export function ShortcutSheet({ open, onClose, mayChange }: ShortcutSheetProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <div className="space-y-5">
        {sections(mayChange).map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1.5 font-medium text-muted text-xs">{title}</h3>
            <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5">
              {rows.map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>{does}</dt>
                  <dd className="justify-self-end">
                    <Keys keys={keys} />
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <div className="border-line border-t pt-4">
          <SingleKeysSwitch on={singleKeysHere()} />
        </div>
      </div>
    </Dialog>
  );
}
