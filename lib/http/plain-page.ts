import { createHash } from "node:crypto";
import { html, raw } from "hono/html";

/** The pages of the data plane: no script, no font, no image, one small style sheet. */
const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#141a1e,#e9eef0);--muted:light-dark(#4f5b64,#a3b0b8);--canvas:light-dark(#f5f7f8,#0e1316);--surface:light-dark(#fff,#151b1f);--line:light-dark(#dbe1e4,#2b353b);--accent:light-dark(#0b5f69,#5fc6cb)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem 1rem;background:var(--canvas);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:36rem;padding:1.75rem;background:var(--surface);border:1px solid var(--line);border-radius:.75rem;overflow-wrap:anywhere}
p.brand{margin:0 0 1.25rem;font-weight:600;color:var(--muted)}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3}
h2{margin:1.25rem 0 .25rem;font-size:1rem}
p{margin:0 0 .5rem}
ol{margin:.25rem 0 0;padding-left:1.5rem}
li{margin:.25rem 0}
dl{margin:1.25rem 0 0;padding-top:1rem;border-top:1px solid var(--line)}
dt{font-size:.875rem;color:var(--muted)}
dd{margin:0 0 .5rem;font:.9375rem/1.5 ui-monospace,monospace}
a{color:var(--accent)}
a:focus-visible{outline:2px solid currentColor;outline-offset:2px;border-radius:2px}
a.button,button{display:inline-block;margin-top:1.25rem;padding:.5rem 1rem;border:1px solid currentColor;border-radius:.5rem;text-decoration:none;font:inherit;font-weight:600}
button{background:var(--accent);color:var(--surface);border-color:transparent;cursor:pointer}
button:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Nothing may run here and nothing may be loaded; the one style sheet is allowed by its hash. */
export const PLAIN_PAGE_CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;

/** The same for a page with a form, which may send to its own origin only. */
export const FORM_PAGE_CSP = PLAIN_PAGE_CSP.replace("form-action 'none'", "form-action 'self'");

/** What a person is told: what is wrong, why, and what to do. */
export interface PlainPage {
  title: string;
  why: string;
  fixes: readonly string[];
  facts?: readonly { label: string; value: string }[];
  link?: { href: string; label: string };
  /** A button that posts nothing to the page's own address. */
  button?: string;
  /** Where the browser goes by itself. A form's answer must not redirect there: its policy would stop it. */
  goTo?: string;
  /** Can be read out, and is in the log. */
  reference?: string;
}

export function plainPage(page: PlainPage) {
  const { title, why, fixes, facts = [], link, button, goTo, reference } = page;
  const rows = reference ? [...facts, { label: "Reference", value: reference }] : facts;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
${goTo ? html`<meta http-equiv="refresh" content="0;url=${goTo}">` : ""}
<title>${title} · Gatehouse</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<p class="brand">Gatehouse</p>
<h1>${title}</h1>
<p>${why}</p>
${fixes.length > 0 ? html`<h2>What to do</h2><ol>${fixes.map((fix) => html`<li>${fix}</li>`)}</ol>` : ""}
${button ? html`<form method="post"><button type="submit">${button}</button></form>` : ""}
${rows.length > 0 ? html`<dl>${rows.map((row) => html`<dt>${row.label}</dt><dd>${row.value}</dd>`)}</dl>` : ""}
${link ? html`<a class="button" href="${link.href}">${link.label}</a>` : ""}
</main>
</body>
</html>
`;
}
