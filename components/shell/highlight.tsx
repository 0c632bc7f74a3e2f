"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";

/** `?highlight=team-name` in an address scrolls to that card or field and outlines it. */
export function Highlight() {
  const pathname = usePathname();
  const id = useSearchParams().get("highlight");

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another element
  useEffect(() => {
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    target.dataset.highlight = "true";
    target.scrollIntoView({ block: "center" });
    return () => {
      delete target.dataset.highlight;
    };
  }, [pathname, id]);

  return null;
}
