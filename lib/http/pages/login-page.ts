import { html } from "hono/html";
import { type Fragment, frame, organizationOf, type PeoplePage, type Surroundings } from "./frame";
import { initials, safeHref, safeImage } from "./safe";

export interface LoginChoice {
  id: string;
  name: string;
  /** Key of its connector. */
  kind: string;
  /** Where the round trip begins. */
  href: string;
  /** What the connector calls itself, such as "Okta". */
  label: string;
}

export interface LoginPage extends Surroundings {
  /** Null where people sign in to the team itself (App Launcher). */
  application: { name: string; host: string; logo: string | null } | null;
  methods: readonly LoginChoice[];
  /** Says what happened before, such as that a login method was closed. */
  message?: { tone: "info" | "error"; text: string };
}

function choice({ name, href, label }: LoginChoice): Fragment | "" {
  const safe = safeHref(href);
  if (!safe) return "";
  const says = name.toLowerCase().includes(label.toLowerCase());
  return html`<li><a class="choice" href="${safe}"><i class="mark" aria-hidden="true">${initials(label || name)}</i><span><b dir="auto">Continue with ${name}</b>${says ? "" : html`<small>${label}</small>`}</span></a></li>
`;
}

const nobodyCan = (organization: string): Fragment =>
  html`<p>There is no way to sign in here at this moment: no login method is open for it.</p>
<h2>What to do</h2>
<ol><li>Ask the people who run ${organization} to turn on a login method for this application.</li><li>Then load this page again.</li></ol>`;

/** Where people choose how to sign in: plain links, no script. */
export function loginPage(page: LoginPage): PeoplePage {
  const { application, methods, message } = page;
  const organization = organizationOf(page);
  const title = `Sign in to ${application?.name ?? organization}`;
  const logo = safeImage(application?.logo);
  const main = html`${logo ? html`<img class="logo" src="${logo}" alt="">` : ""}<h1 dir="auto">${title}</h1>
${application ? html`<p class="host">${application.host}</p>` : ""}
${message ? html`<p class="note ${message.tone}">${message.text}</p>` : ""}
${methods.length > 0 ? html`<ul>${methods.map(choice)}</ul>` : nobodyCan(organization)}`;
  return frame({ ...page, title, main });
}
