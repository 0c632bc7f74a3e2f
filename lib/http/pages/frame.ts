import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { contactHref } from "@/lib/custom-pages/contact";
import { isColour, readableOn } from "@/lib/custom-pages/contrast";
import type { LoginDesign } from "@/lib/custom-pages/schema";
import { safeImage } from "./safe";
import { STYLE } from "./style";

/** A whole page: send `html` with exactly this Content-Security-Policy. */
export interface PeoplePage {
  html: string;
  csp: string;
}

/** What html`` makes. */
export type Fragment = ReturnType<typeof html>;

/** What each page that people see is given besides its own facts. */
export interface Surroundings {
  design: LoginDesign;
  /** Stands in where the design names no organization. */
  teamName: string;
  /** Holds the page to one of its faces, for the preview; else the browser's own setting counts. */
  scheme?: "light" | "dark";
}

interface Frame extends Surroundings {
  title: string;
  /** More than a column: for sentences and addresses, or for many tiles side by side. */
  room?: "words" | "tiles";
  /** Whether the page has a form, which may send to its own origin only. */
  form?: boolean;
  /** Where the browser goes by itself. */
  goTo?: string | undefined;
  main: Fragment;
}

const hashOf = (sheet: string): string =>
  `'sha256-${createHash("sha256").update(sheet).digest("base64")}'`;
const STYLE_HASH = hashOf(STYLE);

/** The admin's own colours, for both schemes: validated here once more, because this is CSS. */
function colours({ background_color, text_color }: LoginDesign): string {
  const back = isColour(background_color) ? background_color : null;
  const text = isColour(text_color) ? text_color : back && readableOn(back);
  const sheet = [back && `--canvas:${back}`, text && `--on-canvas:${text}`].filter(Boolean);
  return sheet.length > 0 ? `:root{${sheet.join(";")}}` : "";
}

/** Nothing may run or be sent, and nothing but our own images be loaded; style sheets are named by hash. */
const policy = (sheets: string[], form: boolean): string =>
  `default-src 'none'; style-src ${sheets.join(" ")}; img-src 'self'; form-action ${form ? "'self'" : "'none'"}; frame-ancestors 'none'; base-uri 'none'`;

/** Of a page without a form, in the default design. */
export const PLAIN_POLICY = policy([STYLE_HASH], false);

export const organizationOf = ({ design, teamName }: Surroundings): string =>
  design.organization_name || teamName;

/** The page around what each page says: the organization above it, its footer text below. */
export function frame(page: Frame): PeoplePage {
  const { design, title, main, room, form = false, goTo, scheme } = page;
  const own = colours(design);
  const logo = safeImage(design.logo);
  const organization = organizationOf(page);
  const markup = html`<!doctype html>
<html lang="en"${scheme ? html` data-scheme="${scheme}"` : ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${goTo ? html`<meta http-equiv="refresh" content="0;url=${goTo}">` : ""}
<title>${title} · ${organization}</title>
<style>${raw(STYLE)}</style>
${own ? html`<style>${raw(own)}</style>` : ""}
</head>
<body${room ? html` class="${room}"` : ""}>
<header>
${logo ? html`<img src="${logo}" alt="">` : ""}
<p class="organization" dir="auto">${organization}</p>
${design.header_text ? html`<p class="said" dir="auto">${design.header_text}</p>` : ""}
</header>
<main>
${main}
</main>
${design.footer_text ? html`<footer><p class="said" dir="auto">${design.footer_text}</p></footer>` : ""}
</body>
</html>
`;
  const sheets = own ? [STYLE_HASH, hashOf(own)] : [STYLE_HASH];
  return { html: String(markup), csp: policy(sheets, form) };
}

/** Whom to ask, and the reference to tell them, which an admin looks up in the Access log. */
export function askingRows({ contact }: LoginDesign, reference: string): Fragment {
  const href = contactHref(contact, reference);
  return html`${href ? html`<dt>Contact</dt><dd><a href="${href}">${contact}</a></dd>` : ""}${reference ? html`<dt>Reference</dt><dd class="ref">${reference}</dd>` : ""}`;
}
