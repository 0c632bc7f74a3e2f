"use client";
import { lazy, Suspense, useState } from "react";
import { keepFocus } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { useParts } from "./parts";

/** Few who open a form check it: the rest comes when it is asked for. */
const CheckPanel = lazy(() => import("./check-panel"));

/** Asks the provider about the form as it stands, before anybody signs in. */
export function CheckConfiguration() {
  const { readOnly } = useParts();
  const [asked, setAsked] = useState(0);
  const [running, setRunning] = useState(false);
  if (readOnly) return null;
  return (
    <div className="space-y-3 border-line border-t pt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Button
          pending={running}
          onMouseDown={keepFocus}
          onClick={(event) => {
            event.currentTarget.focus();
            setAsked(asked + 1);
          }}
        >
          Check configuration
        </Button>
        <p className="min-w-0 flex-1 basis-60 text-muted">
          Asks your provider what it can tell before anybody signs in. Nothing is saved.
        </p>
      </div>
      {asked > 0 && (
        <Suspense fallback={null}>
          <CheckPanel asked={asked} onRunning={setRunning} />
        </Suspense>
      )}
    </div>
  );
}
