import { html } from "hono/html";
import { BLOCK_WORDS, type BlockReason } from "./block-reasons";
import { frame, type PeoplePage, referenceRow, type Surroundings } from "./frame";
import { safeHref } from "./safe";

export interface BlockPage extends Surroundings {
  reason: BlockReason;
  application: { name: string } | null;
  /** Who is signed in, where somebody is. */
  email?: string | null;
  host?: string | null;
  /** The admin's own words (`custom_deny_message`). */
  message?: string | null;
  reference: string;
  /** Ends the session and leads to the login page again. */
  switchAccountHref?: string | null;
  /** Such as the App Launcher. */
  homeHref?: string | null;
}

const row = (label: string, value: string | null | undefined) =>
  value ? html`<dt>${label}</dt><dd dir="auto">${value}</dd>` : "";

/** What people see in place of an application that they may not open. */
export function blockPage(page: BlockPage): PeoplePage {
  const { reason, application, email, host, message, reference } = page;
  const { title, why, fixes } = BLOCK_WORDS[reason];
  const another = safeHref(page.switchAccountHref);
  const home = safeHref(page.homeHref);
  const main = html`<h1>${title}</h1>
<p>${why}</p>
${message ? html`<p class="own" dir="auto">${message}</p>` : ""}
<h2>What to do</h2>
<ol>${fixes.map((fix) => html`<li>${fix}</li>`)}</ol>
${another || home ? html`<p class="acts">${another ? html`<a class="button" href="${another}">Sign in with another account</a>` : ""}${home ? html`<a class="button" href="${home}">Go to your applications</a>` : ""}</p>` : ""}
<dl>${row("Application", application?.name)}${row("Address", host)}${row("Signed in as", email)}${referenceRow(reference)}</dl>`;
  return frame({ ...page, title, main });
}
