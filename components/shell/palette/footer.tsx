"use client";
import { useEffect, useState } from "react";
import { Keys } from "../shortcuts/key-cap";
import type { CopyOutcome } from "./use-act";
import type { Loaded } from "./use-library";

/** A screen reader is told once the typing pauses, not at each letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 400);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const counted = (count: number): string =>
  count === 0 ? "No results" : count === 1 ? "1 result" : `${count} results`;

function CopyNote({ copy }: { copy: CopyOutcome }) {
  if (copy.copied) return <p className="font-medium text-success">{copy.what} copied</p>;
  return (
    <label className="block">
      <span className="text-muted">This browser cannot copy here. Select it and copy it:</span>
      <input
        readOnly
        value={copy.text}
        ref={(input) => input?.select()}
        className="control mt-1 font-mono"
      />
    </label>
  );
}

interface FooterProps {
  count: number;
  copy: CopyOutcome | null;
  loaded: Loaded;
}

/** How many results there are, how a copy went, and which keys work. */
export function Footer({ count, copy, loaded }: FooterProps) {
  const announced = useSettled(counted(count));
  return (
    <div className="border-line border-t px-4 py-2 text-xs max-sm:border-transparent max-sm:py-1">
      <p role="status" className="sr-only">
        {announced}
      </p>
      <div role="status">{copy && <CopyNote copy={copy} />}</div>
      {loaded.failed && (
        <p role="alert" className="text-danger">
          The login methods could not be read. Check the connection to Gatehouse and open this
          again.
        </p>
      )}
      {!loaded.library && !loaded.failed && (
        <p className="appear-late text-muted">Reading login methods…</p>
      )}
      {!copy && loaded.library && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted max-sm:hidden">
          <span>
            <Keys keys={["↑", "↓"]} /> move
          </span>
          <span>
            <Keys keys={["Enter"]} /> choose
          </span>
          <span>
            <Keys keys={["Esc"]} /> close
          </span>
        </p>
      )}
    </div>
  );
}
