"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

const nothing = () => () => undefined;

/**
 * A native modal dialog: the browser traps focus, makes the rest inert and gives focus back.
 * Focus starts on the element marked `data-autofocus`, if there is one.
 *
 * It stands at the end of the page, because a form inside another form is submitted by the browser
 * itself: Blink never lets React hear it.
 */
export function Dialog(props: DialogProps) {
  const inBrowser = useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
  return inBrowser ? createPortal(<DialogFrame {...props} />, document.body) : null;
}

function DialogFrame({ open, onClose, title, children, footer }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-lg flex-col rounded-lg border border-line bg-surface p-0 text-ink shadow-floating open:flex"
    >
      {open && (
        <>
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <h2 id={titleId} className="min-w-0 break-words font-semibold text-base leading-7">
              {title}
            </h2>
            <button
              type="button"
              aria-label="Close"
              onClick={onClose}
              className="-mr-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </div>
          )}
        </>
      )}
    </dialog>
  );
}
