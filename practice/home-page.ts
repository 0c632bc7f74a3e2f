import { labelled, type PracticeFault, type PracticeProvider, typeOf } from "./entry";
import { escapeHtml, sendPage } from "./html";
import { PUSH_PATH } from "./scim/push-page";
import type { Handler } from "./site";

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="scroll" tabindex="0"><table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")}</tbody></table></div>`;

const valueRows = (fields: NonNullable<PracticeFault["setup"]>): string =>
  labelled(fields)
    .map(([label, value]) => `${label}: ${value === "" ? "leave it empty" : code(value)}`)
    .join("<br>");

const faultTable = (faults: readonly PracticeFault[]): string =>
  table(
    ["App ID", "What happens", "What a Test says", "Set also"],
    faults.map(({ clientId, title, expect, remedy, fields, setup }) => [
      code(clientId),
      escapeHtml(title),
      `${escapeHtml(expect)}${remedy ? `<br>Button: <strong>${escapeHtml(remedy)}</strong>` : ""}`,
      valueRows({ ...fields, ...setup }),
    ]),
  );

/** Faults by their heading, in the order in which the headings come. */
function groupsOf(faults: readonly PracticeFault[]): Map<string, PracticeFault[]> {
  const groups = new Map<string, PracticeFault[]>();
  for (const fault of faults) {
    const group = fault.group ?? "";
    groups.set(group, [...(groups.get(group) ?? []), fault]);
  }
  return groups;
}

function section(provider: PracticeProvider): string {
  const { label, fields, faults, note } = provider;
  return `<h2>${escapeHtml(label)}</h2>
<p>${note ? escapeHtml(note) : `Add it as <strong>${typeOf(provider)}</strong>.`}</p>
${table(
  ["Field", "Value to paste"],
  labelled(fields).map(([name, value]) => [name, code(value)]),
)}
<details><summary>${faults.length} clients that misbehave, or are unusual</summary>
<p>Paste one of these as App ID; the client secret stays the same.</p>
${[...groupsOf(faults)].map(([group, those]) => `${group && `<h3>${escapeHtml(group)}</h3>`}\n${faultTable(those)}`).join("\n")}</details>`;
}

/** `/`: the providers, the values to paste, the users and the faults. */
export const homePage =
  (providers: readonly PracticeProvider[]): Handler =>
  (_, response, { pathname }) => {
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
      return true;
    }
    if (pathname !== "/") return false;
    const users = providers[0]?.users ?? [];
    sendPage(response, {
      title: "Practice providers",
      wide: true,
      body: `<h1>Practice providers</h1>
<p class="muted">Identity providers to try Gatehouse with. They listen on this machine only and forget everything when they stop.</p>
<p>Their admin can also <a href="${PUSH_PATH}">push people by SCIM</a>.</p>
<h2>Test users</h2>
${table(
  ["Username", "Password", "Note"],
  users.map(({ login, password, note }) => [code(login), code(password), escapeHtml(note)]),
)}
${providers.map(section).join("\n")}`,
    });
    return true;
  };
