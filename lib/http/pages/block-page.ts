import { html } from "hono/html";
import { BLOCK_WORDS, type BlockReason } from "./block-reasons";
import { askingRows, type Fragment, frame, type PeoplePage, type Surroundings } from "./frame";
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
  signOutHref?: string | null;
}

function act(label: string, href: string | null | undefined): Fragment | "" {
  const safe = safeHref(href);
  return safe ? html`<a class="button" href="${safe}">${label}</a>` : "";
}

const row = (label: string, value: string | null | undefined) =>
  value ? html`<dt>${label}</dt><dd dir="auto">${value}</dd>` : "";

/** What people see in place of an application that they may not open. */
export function blockPage(page: BlockPage): PeoplePage {
  const { reason, application, email, host, message, reference } = page;
  const { title, why, fixes } = BLOCK_WORDS[reason];
  const acts = [
    act("Sign in with another account", page.switchAccountHref),
    act("Go to your applications", page.homeHref),
    act("Sign out", page.signOutHref),
  ].filter(Boolean);
  const main = html`<h1>${title}</h1>
<p>${why}</p>
${message ? html`<p class="own" dir="auto">${message}</p>` : ""}
<h2>What to do</h2>
<ol>${fixes.map((fix) => html`<li>${fix}</li>`)}</ol>
${acts.length > 0 ? html`<p class="acts">${acts}</p>` : ""}
<dl>${row("Application", application?.name)}${row("Address", host)}${row("Signed in as", email)}${askingRows(page.design, reference)}</dl>`;
  return frame({ ...page, title, main });
}
