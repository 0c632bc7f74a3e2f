"use client";
import { lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { type FormParts, useParts } from "./parts";

/** Only saved forms have it, and it has to ask first anyway. */
const DriftPanel = lazy(() => import("./drift-panel"));
/** They come with the first answer. */
const DiscoveryWords = lazy(() => import("./discovery-words"));
const DiscoveryWays = lazy(() =>
  import("./discovery-words").then((module) => ({ default: module.DiscoveryWays })),
);

/** Whether the form still names the provider that it was saved with. */
const isWhereItWas = ({ connector, saved, values }: FormParts): boolean =>
  saved !== null && connector.discoveryUrl(values) === connector.discoveryUrl(saved.config);

/** Autofill in its six states: one live region, and what can be done about it beside. */
function Autofill() {
  const { connector, discovery, values } = useParts();
  const { phase } = discovery.view;
  const ready = connector.discoveryUrl(values) !== null;
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          disabled={!ready}
          pending={phase.name === "loading" && phase.slow}
          onClick={discovery.session.fetch}
        >
          Fetch<span className="sr-only"> from discovery</span>
        </Button>
      </div>
      <div role="status" className="space-y-1 empty:hidden">
        {phase.name !== "idle" && (
          <Suspense fallback={null}>
            <DiscoveryWords phase={phase} />
          </Suspense>
        )}
      </div>
      {phase.name !== "idle" && (
        <Suspense fallback={null}>
          <DiscoveryWays phase={phase} />
        </Suspense>
      )}
    </div>
  );
}

/** Autofill while a provider is being entered; afterwards, whether it still says the same. */
export function DiscoveryStatus() {
  const parts = useParts();
  const { saved, readOnly, discovery } = parts;
  if (saved && isWhereItWas(parts) && discovery.view.phase.name === "idle") {
    return (
      <Suspense fallback={null}>
        <DriftPanel id={saved.id} />
      </Suspense>
    );
  }
  return readOnly ? null : <Autofill />;
}
