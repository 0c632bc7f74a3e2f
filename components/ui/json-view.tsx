import { useId } from "react";
import { CopyButton } from "./copy";
import { type JsonToken, jsonTokens } from "./json-tokens";

const COLOURS: Record<JsonToken["kind"], string | undefined> = {
  key: "text-accent",
  string: "text-success",
  number: "text-info",
  word: "text-warning",
  plain: undefined,
};
/** Colouring makes an element per token; beyond this the text is shown as it is. */
const MOST_COLOURED = 60_000;

/** Pretty JSON in a region that scrolls and can be reached by keyboard. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const id = useId();
  const json = JSON.stringify(value, null, 2) ?? "null";
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <div className="flex items-center justify-between gap-2 border-line border-b bg-surface py-1.5 pr-1.5 pl-3">
        <span className="min-w-0 truncate font-medium">{label}</span>
        <CopyButton value={json} what={label} targetId={id} size="sm" />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus to be scrolled by keys
        tabIndex={0}
        className="-outline-offset-2 max-h-96 overflow-auto bg-sunken"
      >
        <pre id={id} className="w-max min-w-full p-3 font-mono text-[0.8125rem] leading-5">
          {json.length > MOST_COLOURED
            ? json
            : jsonTokens(json).map(({ kind, text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never move
                <span key={index} className={COLOURS[kind]}>
                  {text}
                </span>
              ))}
        </pre>
      </section>
    </div>
  );
}
