"use client";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { PREVIEW_PATH } from "@/lib/custom-pages/preview-states";

const TYPING_MS = 250;

/** The draft once nothing was typed for a moment. */
function useSettled(draft: string): string {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), TYPING_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}

/**
 * Whether the browser refuses the frame. The policy is that of the page which was loaded: whoever
 * came here without loading anything still has the stricter one of the page before.
 */
function useRefused(): boolean {
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const note = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective === "frame-src") setRefused(true);
    };
    document.addEventListener("securitypolicyviolation", note);
    return () => document.removeEventListener("securitypolicyviolation", note);
  }, []);
  return refused;
}

function Refused() {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 bg-sunken p-6 text-center">
      <p>The preview is shown once this page is loaded again, at the console's own address.</p>
      <Button onClick={() => location.reload()}>Load it again</Button>
    </div>
  );
}

interface OneFrameProps {
  draft: string;
  title: string;
  shown: boolean;
  className?: string;
  onDrawn: () => void;
}

/**
 * One drawing of one draft. It is posted, because a draft is longer than an address may be; into a
 * frame that is new, so that the Back button does not walk through drawings.
 */
function OneFrame({ draft, title, shown, className, onDrawn }: OneFrameProps) {
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    sent.current = true;
    form.current?.submit();
  }, []);
  return (
    <>
      <form ref={form} method="post" action={PREVIEW_PATH} target={name} hidden>
        <input type="hidden" name="draft" value={draft} />
      </form>
      <iframe
        name={name}
        title={title}
        sandbox=""
        aria-hidden={!shown || undefined}
        onLoad={() => sent.current && onDrawn()}
        className={classNames("absolute inset-0 bg-white", !shown && "invisible", className)}
      />
    </>
  );
}

interface PreviewFrameProps {
  /** JSON of a `PreviewRequest`. */
  draft: string;
  title: string;
  /** Of the box that holds the frame, and of the frame within it. */
  className?: string;
  frameClassName?: string;
}

/** Shows the page that a draft makes; the drawing before stays until the next one is there. */
export function PreviewFrame({ draft, title, className, frameClassName }: PreviewFrameProps) {
  const settled = useSettled(draft);
  const [drawn, setDrawn] = useState(settled);
  const refused = useRefused();
  const frames = drawn === settled ? [settled] : [drawn, settled];
  return (
    <div className={classNames("relative overflow-hidden", className)}>
      {refused ? (
        <Refused />
      ) : (
        frames.map((one) => (
          <OneFrame
            key={one}
            draft={one}
            title={title}
            shown={one === drawn}
            className={frameClassName}
            onDrawn={() => setDrawn(one)}
          />
        ))
      )}
    </div>
  );
}
