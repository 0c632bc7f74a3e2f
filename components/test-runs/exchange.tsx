import { Disclosure } from "@/components/ui/disclosure";
import type { Exchange } from "@/lib/oidc/schema";
import { duration } from "./words";

const headerLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

function Message({ label, text }: { label: string; text: string }) {
  if (!text) return null;
  return (
    <div>
      <p aria-hidden className="text-muted text-xs">
        {label}
      </p>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus to be scrolled by keys
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-md bg-sunken p-2"
      >
        <pre className="whitespace-pre-wrap break-all font-mono text-[0.8125rem] leading-5">
          {text}
        </pre>
      </section>
    </div>
  );
}

/** One request and its answer; codes, tokens and secrets were taken out when it was recorded. */
export function ExchangeDetails({ exchange }: { exchange: Exchange }) {
  const { method, url, status, error, ms } = exchange;
  const request = [headerLines(exchange.requestHeaders), exchange.requestBody]
    .filter(Boolean)
    .join("\n\n");
  const response = [headerLines(exchange.responseHeaders), exchange.responseBody]
    .filter(Boolean)
    .join("\n\n");
  return (
    <Disclosure
      summary={
        <span className="break-all font-mono text-[0.8125rem]">
          {method} {url} → {status ?? "no answer"} ({duration(ms)})
        </span>
      }
    >
      <div className="grid gap-2">
        {error && <p className="text-danger">{error}</p>}
        <Message label="Request" text={request} />
        <Message label="Answer" text={response} />
      </div>
    </Disclosure>
  );
}
