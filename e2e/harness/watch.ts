import type { BrowserContext, ConsoleMessage, Request } from "@playwright/test";

/** What a browser context did that nobody asked for. */
export interface Watch {
  complaints: string[];
  /** Accepts browser console messages that a test provokes on purpose, such as the note of a 404. */
  expectConsole(pattern: RegExp): void;
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

/**
 * Notes every console warning and error and every uncaught exception on pages of `own` origins, and
 * every request to an origin that is neither Gatehouse nor a practice provider.
 */
export function watchContext(context: BrowserContext, own: string[], providers: string[]): Watch {
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  const isOurs = (url: string) => own.includes(originOf(url));

  const onConsole = (message: ConsoleMessage) => {
    if (!["error", "warning"].includes(message.type())) return;
    const where = message.location().url || (message.page()?.url() ?? "");
    if (!isOurs(message.page()?.url() ?? where)) return;
    if (expected.some((pattern) => pattern.test(message.text()))) return;
    complaints.push(`console ${message.type()} at ${where}: ${message.text()}`);
  };
  const onRequest = (request: Request) => {
    const url = request.url();
    if (/^(data|blob|about):/.test(url)) return;
    if (isOurs(url) || providers.includes(originOf(url))) return;
    complaints.push(`request to a foreign origin: ${url}`);
  };
  context.on("console", onConsole);
  context.on("request", onRequest);
  context.on("weberror", (event) => {
    if (isOurs(event.page()?.url() ?? "")) complaints.push(`uncaught: ${event.error()}`);
  });
  return { complaints, expectConsole: (pattern) => expected.push(pattern) };
}
