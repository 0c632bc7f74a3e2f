"use client";
import { useEffect, useState } from "react";

const PAUSE_MS = 1200;

/** What the rules say, in plain words: at once for the eyes, after a pause for a screen reader. */
export function LiveSentence({ children }: { children: string }) {
  const [said, setSaid] = useState("");
  const [before, setBefore] = useState(children);
  useEffect(() => {
    if (children === before) return;
    const timer = setTimeout(() => {
      setSaid(children);
      setBefore(children);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [children, before]);
  return (
    <section
      aria-labelledby="sentence-title"
      className="mt-5 rounded-md border border-line bg-sunken/60 px-4 py-3"
    >
      <h3 id="sentence-title" className="font-medium text-muted text-xs uppercase">
        In plain words
      </h3>
      {/* Names of countries may differ a little between the server and the browser. */}
      <p suppressHydrationWarning className="mt-1 break-words text-base leading-6">
        {children}
      </p>
      <span role="status" className="sr-only">
        {said}
      </span>
    </section>
  );
}
