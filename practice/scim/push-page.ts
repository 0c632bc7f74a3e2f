import { escapeHtml, sendPage } from "../html";
import { readForm } from "../login-page";
import type { Handler } from "../site";
import { PUSHED, PushClient } from "./push-client";

/** Where the practice provider's admin pushes people by SCIM. */
export const PUSH_PATH = "/scim-push";

interface State {
  client: PushClient | null;
  problem: string;
}

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

const button = (label: string, fields: Record<string, string>): string =>
  `<form method="post">${Object.entries(fields)
    .map(([name, value]) => hidden(name, value))
    .join("")}<button>${escapeHtml(label)}</button></form>`;

function row(client: PushClient, { login, name, email, groups }: (typeof PUSHED)[number]): string {
  const person = client.people.get(login);
  if (!person) return "";
  const act = person.active
    ? button(`Deactivate ${login}`, { do: "deactivate", login })
    : button(`Reactivate ${login}`, { do: "reactivate", login });
  const leave = groups
    .slice(0, 3)
    .map((group) => button(`Take ${login} out of ${group}`, { do: "leave", login, group }));
  return `<tr><td>${escapeHtml(name)}<br><code>${escapeHtml(email)}</code></td>
<td>${person.active ? "Active" : "Deactivated"}</td><td>${act}${leave.join("")}</td></tr>`;
}

function page({ client, problem }: State): string {
  const people = client ? PUSHED.map((user) => row(client, user)).join("") : "";
  return `<h1>Push people by SCIM</h1>
<p class="muted">What an admin of the provider does. Paste what Gatehouse shows once SCIM is enabled. This provider still lets people whom you deactivate sign in, so that you can see what Gatehouse does.</p>
${problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : ""}
<form method="post">${hidden("do", "push")}
<label for="endpoint">SCIM Endpoint</label>
<input id="endpoint" name="endpoint" type="url" required value="${escapeHtml(client?.target.endpoint ?? "")}">
<label for="secret">SCIM Secret</label>
<input id="secret" name="secret" type="password" autocomplete="off"${client ? "" : " required"}>
<div class="buttons"><button class="primary">Push everybody</button></div>
</form>
${people && `<h2>People</h2><div class="scroll"><table><tbody>${people}</tbody></table></div>`}
${client ? `<h2>Requests</h2><ul>${client.journal.map((line) => `<li><code>${escapeHtml(line)}</code></li>`).join("")}</ul>` : ""}
<p><a href="/">All practice providers</a></p>`;
}

async function act(state: State, form: URLSearchParams): Promise<void> {
  const login = form.get("login") ?? "";
  switch (form.get("do")) {
    case "push": {
      const endpoint = (form.get("endpoint") ?? "").trim().replace(/\/+$/, "");
      const secret = form.get("secret")?.trim() || (state.client?.target.secret ?? "");
      state.client = new PushClient({ endpoint, secret });
      return state.client.pushAll();
    }
    case "deactivate":
      return state.client?.setActive(login, false);
    case "reactivate":
      return state.client?.setActive(login, true);
    case "leave":
      return state.client?.leaveGroup(login, form.get("group") ?? "");
    default:
      throw new Error("This form is not known.");
  }
}

/** The page, and what it does. It keeps who was pushed until the process ends. */
export function scimPush(): Handler {
  const state: State = { client: null, problem: "" };
  return async (request, response, { pathname }) => {
    if (pathname !== PUSH_PATH) return false;
    // A page elsewhere must not make this machine send requests.
    const site = request.headers["sec-fetch-site"] ?? "same-origin";
    if (request.method === "POST" && site !== "same-origin") {
      response.writeHead(403).end();
      return true;
    }
    if (request.method === "POST") {
      state.problem = "";
      try {
        await act(state, await readForm(request));
      } catch (error) {
        state.problem = error instanceof Error ? error.message : String(error);
      }
      response.writeHead(303, { location: PUSH_PATH }).end();
      return true;
    }
    sendPage(response, { title: "Push people by SCIM", wide: true, body: page(state) });
    return true;
  };
}
