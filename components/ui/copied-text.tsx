"use client";
import { type ReactNode, useEffect, useState } from "react";

interface CopiedTextProps {
  text: string;
  label: string;
  /** What the text is for. */
  children: ReactNode;
}

/** Copies at once, and shows what was copied: plain http has no clipboard, and people look first. */
export function CopiedText({ text, label, children }: CopiedTextProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }, [text]);
  return (
    <div className="space-y-3">
      <p role="status" className="font-medium text-success empty:hidden">
        {copied && "Copied to the clipboard"}
      </p>
      <div className="text-muted">{children}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a region that scrolls must be reachable by keyboard */}
      <pre
        id="copied-text"
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-5"
      >
        {text}
      </pre>
    </div>
  );
}
