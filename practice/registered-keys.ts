import type { IncomingMessage, ServerResponse } from "node:http";
import { KEY_VARIANTS } from "./faults/client-keys";
import { escapeHtml, sendPage } from "./html";
import type { Handler } from "./site";

/** Only what Gatehouse serves: this page must not fetch just any address for whoever asks. */
const KEY_SET = /^https?:\/\/[^/]+\/cdn-cgi\/access\/client-keys\/[0-9a-f-]{36}\/jwks\.json$/;
const MOST_BYTES = 4096;

const options = KEY_VARIANTS.map(({ id }) => `<option>${escapeHtml(id)}</option>`).join("");

function formPage(response: ServerResponse, status: number, words: string): void {
  sendPage(response, {
    title: "Register keys",
    status,
    body: `<h1>Register keys</h1>${words}
<p class="muted">Some practice clients need the public keys of Gatehouse: paste the address of the key set that the login method shows.</p>
<form method="post" action="/register-keys">
<label for="client">App ID</label><select id="client" name="client">${options}</select>
<label for="url">Address of the key set</label><input id="url" name="url" inputmode="url" autocomplete="off" required>
<div class="buttons"><button class="primary">Register</button></div></form>`,
  });
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST_BYTES) break;
  }
  return new URLSearchParams(text.slice(0, MOST_BYTES));
}

/** The page to register keys at, and what is registered, for oidc-provider to read. */
export function registeredKeys(): Handler {
  const addresses = new Map<string, string>();

  async function register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return formPage(response, 200, "");
    const form = await formOf(request);
    const [client = "", url = ""] = [form.get("client") ?? "", form.get("url")?.trim()];
    if (!KEY_VARIANTS.some(({ id }) => id === client) || !KEY_SET.test(url)) {
      const problem = `<p class="problem">That is not the address of a key set of Gatehouse.</p>`;
      return formPage(response, 400, problem);
    }
    addresses.set(client, url);
    formPage(response, 200, `<p>Registered for <code>${escapeHtml(client)}</code>.</p>`);
  }

  async function serve(client: string, response: ServerResponse): Promise<void> {
    const url = addresses.get(client);
    const body = url
      ? await fetch(url, { redirect: "error", signal: AbortSignal.timeout(2000) }).then((answer) =>
          answer.text(),
        )
      : '{"keys":[]}';
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  }

  return async (request, response, { pathname }) => {
    const [, folder, client = ""] = pathname.split("/");
    if (folder === "register-keys") await register(request, response);
    else if (folder === "registered-keys") await serve(client, response);
    else return false;
    return true;
  };
}
