import { html } from "hono/html";
import { type Fragment, frame, organizationOf, type PeoplePage, type Surroundings } from "./frame";
import { initials, safeHref, safeImage } from "./safe";

export interface LauncherApplication {
  name: string;
  href: string;
  host: string;
  logo: string | null;
}

export interface LauncherPage extends Surroundings {
  person: { name: string | null; email: string };
  /** In the order in which they are shown. */
  applications: readonly LauncherApplication[];
  signOutHref: string;
}

/** A host breaks after its dots, where it has to. */
const breakable = (host: string): Fragment =>
  html`${host.split(/(?<=\.)/).map((part) => html`${part}<wbr>`)}`;

function tile({ name, host, href, logo: source }: LauncherApplication): Fragment | "" {
  const safe = safeHref(href);
  const logo = safeImage(source);
  if (!safe) return "";
  return html`<li><a class="choice" href="${safe}">${
    logo
      ? html`<img class="mark" src="${logo}" alt="">`
      : html`<i class="mark" aria-hidden="true">${initials(name)}</i>`
  }<span><b dir="auto">${name}</b><small>${breakable(host)}</small></span></a></li>
`;
}

const nothingYet = (organization: string): Fragment =>
  html`<h2>There is nothing here for you yet</h2>
<p>No application shows itself to this account. Ask the people who run ${organization} if you expected one.</p>`;

/** The applications that a person may open. */
export function launcherPage(page: LauncherPage): PeoplePage {
  const { person, applications } = page;
  const signOut = safeHref(page.signOutHref);
  const who = person.name ? `${person.name} (${person.email})` : person.email;
  const title = "Your applications";
  const main = html`<h1>${title}</h1>
<p class="person quiet"><span dir="auto">Signed in as ${who}</span>${signOut ? html`<a href="${signOut}">Sign out</a>` : ""}</p>
${applications.length > 0 ? html`<ul class="tiles">${applications.map(tile)}</ul>` : nothingYet(organizationOf(page))}`;
  return frame({ ...page, room: "tiles", title, main });
}
