import { html } from "hono/html";
import { DEFAULT_DESIGN } from "@/lib/custom-pages/schema";
import { askingRows, frame, type PeoplePage, type Surroundings } from "./pages/frame";
import { safeHref } from "./pages/safe";

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

/** Before the organization is known, and in the console's own windows. */
const NOBODY: Surroundings = { design: DEFAULT_DESIGN, teamName: "Gatehouse" };

/** A page of words in the organization's design. */
export function plainPage(page: PlainPage, surroundings: Surroundings = NOBODY): PeoplePage {
  const { title, why, fixes, facts = [], link, button, goTo, reference } = page;
  const href = safeHref(link?.href);
  const main = html`<h1>${title}</h1>
<p>${why}</p>
${fixes.length > 0 ? html`<h2>What to do</h2><ol>${fixes.map((fix) => html`<li>${fix}</li>`)}</ol>` : ""}
${button ? html`<form class="acts" method="post"><button class="button" type="submit">${button}</button></form>` : ""}
${link && href ? html`<p class="acts"><a class="button" href="${href}">${link.label}</a></p>` : ""}
${facts.length > 0 || reference ? html`<dl>${facts.map(({ label, value }) => html`<dt>${label}</dt><dd class="code">${value}</dd>`)}${reference ? askingRows(surroundings.design, reference) : ""}</dl>` : ""}`;
  return frame({ ...surroundings, title, main, room: "words", form: Boolean(button), goTo });
}
