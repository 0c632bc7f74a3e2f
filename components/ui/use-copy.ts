"use client";
import { useEffect, useState } from "react";

export type CopyState = "idle" | "copied" | "manual";

function selectText(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * Copies a value. Plain http has no clipboard: there the text of the target is selected and the
 * state becomes `manual`, so the label can say which keys copy it.
 */
export function useCopy(value: string, targetId?: string) {
  const [state, setState] = useState<CopyState>("idle");

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      const target = targetId ? document.getElementById(targetId) : null;
      if (target) selectText(target);
      setState("manual");
    }
  }

  return { state, copy };
}
