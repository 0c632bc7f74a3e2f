"use client";
import { Menu as MenuIcon, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";

const ICON_BUTTON =
  "inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink";

/** The sidebar on a phone: a native modal dialog, so the browser keeps the focus inside. */
export function NavSheet({ children }: { children: ReactNode }) {
  const sheet = useRef<HTMLDialogElement>(null);
  const pathname = usePathname();
  const [open, setOpen] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the sheet
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    const dialog = sheet.current;
    if (!open || !dialog) return;
    dialog.showModal();
    return () => dialog.close();
  }, [open]);

  return (
    <div className="md:hidden">
      <button
        type="button"
        aria-label="Open navigation"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={ICON_BUTTON}
      >
        <MenuIcon aria-hidden className="size-5" />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it too, by the browser */}
      <dialog
        ref={sheet}
        aria-label="Navigation"
        onClose={() => setOpen(false)}
        onClick={(event) => {
          const onLink = event.target instanceof Element && event.target.closest("a[href]");
          if (event.target === event.currentTarget || onLink) setOpen(false);
        }}
        className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-line border-r bg-surface p-0 text-ink shadow-floating"
      >
        {open && (
          <div className="flex min-h-full flex-col gap-5 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
            {children}
            <button
              type="button"
              aria-label="Close navigation"
              onClick={() => setOpen(false)}
              className={`absolute top-3 right-3 ${ICON_BUTTON}`}
            >
              <X aria-hidden className="size-5" />
            </button>
          </div>
        )}
      </dialog>
    </div>
  );
}
