"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** The address that a click leaves this page for, in this tab, or null. */
function leavingFor(event: MouseEvent): string | null {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  if (!plain || event.defaultPrevented || !(event.target instanceof Element)) return null;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (!link || (link.target && link.target !== "_self") || link.hasAttribute("download"))
    return null;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  return link.origin !== location.origin || (samePage && link.hash) ? null : link.href;
}

/** Asks before a link or a closing tab would lose what was typed. */
export function UnsavedChanges({ dirty }: { dirty: boolean }) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const href = leavingFor(event);
      if (!href) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    addEventListener("beforeunload", onBeforeUnload);
    // Captured, so that it comes before the router's own handler on the link.
    document.addEventListener("click", onClick, true);
    return () => {
      removeEventListener("beforeunload", onBeforeUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty]);

  function leave() {
    if (!target) return;
    setTarget(null);
    const { pathname, search, hash } = new URL(target);
    router.push(`${pathname}${search}${hash}`);
  }

  return (
    <Dialog
      open={target !== null}
      onClose={() => setTarget(null)}
      title="Leave without saving?"
      footer={
        <>
          <Button data-autofocus="" onClick={() => setTarget(null)}>
            Stay
          </Button>
          <Button variant="danger" onClick={leave}>
            Leave
          </Button>
        </>
      }
    >
      <p className="text-muted">What you changed on this page has not been saved.</p>
    </Dialog>
  );
}
