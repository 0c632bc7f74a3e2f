/** A way off the page that was held back; calling it goes that way after all. */
export type Leave = () => void;

/** The address that a click leaves this page for, in this tab, or null. */
function addressOf(event: MouseEvent): string | null {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  if (!plain || event.defaultPrevented || !(event.target instanceof Element)) return null;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  const elsewhere = link && ((link.target && link.target !== "_self") || link.download);
  if (!link || elsewhere || link.origin !== location.origin) return null;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  return samePage && link.hash ? null : link.href;
}

/**
 * Holds back what would leave the page: links and the browser's own Back and Forward are handed to
 * `ask`; a closing tab gets the browser's question. Returns the clean-up.
 */
export function guardLeaving(ask: (leave: Leave) => void): () => void {
  const over = new AbortController();
  const { signal } = over;

  function hold(event: Event, leave: Leave) {
    event.preventDefault();
    event.stopPropagation();
    ask(() => {
      over.abort();
      leave();
    });
  }

  addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
  document.addEventListener(
    "click",
    (event) => {
      const address = addressOf(event);
      if (address) hold(event, () => location.assign(address));
    },
    // Captured, so that it comes before the router's own handler on the link.
    { capture: true, signal },
  );
  // Browsers without the Navigation API go back unasked.
  globalThis.navigation?.addEventListener(
    "navigate",
    (event) => {
      const { key, sameDocument } = event.destination;
      if (event.navigationType !== "traverse" || !event.cancelable || !sameDocument) return;
      hold(event, () => void navigation.traverseTo(key));
    },
    { signal },
  );
  return () => over.abort();
}
