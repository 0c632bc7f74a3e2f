import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --muted: light-dark(#545d68, #a3acb8);
  --line: light-dark(#d3d8de, #3b424b); --surface: light-dark(#fff, #1d2127); --accent: light-dark(#0b5cad, #7db8f5); }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: light-dark(#f4f5f7, #14171b); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 1.5rem; background: var(--surface);
  border: 1px solid var(--line); border-radius: .5rem; }
main.wide { max-width: 64rem; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; } h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
p { margin: .5rem 0; } .muted { color: var(--muted); } a { color: var(--accent); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, select { width: 100%; min-height: 2.5rem; padding: .25rem .75rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid light-dark(#7d8793, #78828e); border-radius: .375rem; }
button { min-height: 2.5rem; padding: .25rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--accent); background: transparent; border: 1px solid currentColor; border-radius: .375rem; }
button.primary { color: light-dark(#fff, #10151b); background: var(--accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; gap: .75rem; margin-top: 1.25rem; }
.problem { padding: .5rem .75rem; border-left: 4px solid light-dark(#b3261e, #f2b8b5); font-weight: 600; }
summary { padding: .75rem 0; cursor: pointer; font-weight: 600; }
code { font: .875rem ui-monospace, monospace; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; }
th, td { padding: .375rem .75rem .375rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
`;

const styleHash = createHash("sha256").update(STYLE).digest("base64");

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for an element's content or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

interface Page {
  title: string;
  /** HTML, already escaped. */
  body: string;
  status?: number;
  wide?: boolean;
}

export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export const renderPage = ({ title, body, wide }: Page): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main${wide ? ' class="wide"' : ""}>${body}</main></body>
</html>
`;

export function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status ?? 200, PAGE_HEADERS);
  response.end(renderPage(page));
}
