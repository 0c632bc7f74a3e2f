"use client";
import { useState } from "react";
import { Select } from "@/components/ui/input";
import {
  PREVIEW_STATE_WORDS,
  PREVIEW_STATES,
  type PreviewState,
} from "@/lib/custom-pages/preview-states";
import type { DesignForm } from "@/lib/custom-pages/schema";
import { ChoiceBar } from "./choice-bar";
import { PreviewFrame } from "./preview-frame";

const DEVICES = [
  { value: "desktop", label: "Desktop" },
  { value: "mobile", label: "Mobile" },
] as const;
const SCHEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** A desktop is drawn at twice the width that there is, and halved. */
const LOOK = {
  desktop: { box: "w-full h-[30rem]", frame: "h-[200%] w-[200%] origin-top-left scale-50" },
  mobile: { box: "mx-auto h-[40rem] w-[23.4375rem] max-w-full", frame: "size-full" },
} as const;

/** What people will see, as the form stands: drawn by the server, by what draws it for people. */
export function DesignPreview({ design }: { design: DesignForm }) {
  const [device, setDevice] = useState<keyof typeof LOOK>("desktop");
  const [scheme, setScheme] = useState<"light" | "dark">("light");
  const [state, setState] = useState<PreviewState>("login");
  const { overridden: _, ...shown } = design;
  const colour = (text: string) => text.trim() || null;
  const draft = JSON.stringify({
    kind: "design",
    state,
    scheme,
    design: {
      ...shown,
      background_color: colour(shown.background_color),
      text_color: colour(shown.text_color),
    },
  });
  return (
    <section aria-labelledby="preview" className="min-w-0 xl:sticky xl:top-5">
      <h2 id="preview" className="mb-2 font-semibold text-base">
        Preview
      </h2>
      <div className="mb-3 flex flex-wrap gap-2">
        <div className="min-w-56 flex-1">
          <Select
            aria-label="What to preview"
            value={state}
            onChange={(event) => setState(event.target.value as PreviewState)}
          >
            {PREVIEW_STATES.map((one) => (
              <option key={one} value={one}>
                {PREVIEW_STATE_WORDS[one]}
              </option>
            ))}
          </Select>
        </div>
        <ChoiceBar label="Device" choices={DEVICES} value={device} onChange={setDevice} />
        <ChoiceBar label="Colours" choices={SCHEMES} value={scheme} onChange={setScheme} />
      </div>
      <PreviewFrame
        draft={draft}
        title={`Preview: ${PREVIEW_STATE_WORDS[state]}`}
        className={`rounded-lg border border-edge ${LOOK[device].box}`}
        frameClassName={LOOK[device].frame}
      />
      <p className="mt-2 text-muted">
        Its links lead nowhere. Applications and people are made up.
      </p>
    </section>
  );
}
