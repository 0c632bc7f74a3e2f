import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { PASSWORD, type PracticeUser, USERS, userWithLogin } from "./accounts";
import { escapeHtml, sendPage } from "./html";

const MOST_FORM_BYTES = 4096;

/** A posted form, cut off at 4 KB. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST_FORM_BYTES) break;
  }
  return new URLSearchParams(text);
}

/** The sign-in page of a provider; it posts to its own address. */
export function showForm(
  response: ServerResponse,
  label: string,
  login: string,
  problem: string,
): void {
  const users = USERS.map(
    (user) => `<tr><td><code>${user.login}</code></td><td>${escapeHtml(user.note)}</td></tr>`,
  ).join("");
  sendPage(response, {
    title: problem ? `Error: Sign in - ${label}` : `Sign in - ${label}`,
    status: problem ? 401 : 200,
    body: `<h1>Sign in</h1>
<p class="muted">${escapeHtml(label)}, a practice provider on this machine</p>
${problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : ""}
<form method="post">
<label for="username">Username</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${escapeHtml(login)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<div class="buttons"><button class="primary">Sign in</button>
<button name="answer" value="deny" formnovalidate>Deny</button></div>
</form>
<h2>Test users</h2>
<p>The password of each is <code>${PASSWORD}</code>.</p>
<table><tbody>${users}</tbody></table>`,
  });
}

/** Shows and receives the sign-in form of one provider. `subjectOf` gives its `sub` of a user. */
export function loginPage(
  provider: Provider,
  label: string,
  subjectOf: (user: PracticeUser) => string,
) {
  const finish = (
    request: IncomingMessage,
    response: ServerResponse,
    result: Record<string, unknown>,
  ) => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await provider.interactionDetails(request, response);
    } catch {
      sendPage(response, {
        title: `Sign-in expired - ${label}`,
        status: 400,
        body: "<h1>This sign-in has expired</h1><p>Go back to the application and start again.</p>",
      });
      return;
    }
    if (request.method !== "POST") return showForm(response, label, "", "");

    const form = await readForm(request);
    if (form.get("answer") === "deny") {
      return finish(request, response, {
        error: "access_denied",
        error_description: "The user did not allow the sign-in.",
      });
    }
    const login = form.get("username") ?? "";
    const user = userWithLogin(login);
    if (!user || form.get("password") !== PASSWORD) {
      return showForm(response, label, login, "The username or password is not right.");
    }
    // Consent and account selection count as done, so that every `prompt` a client sends is met.
    await finish(request, response, {
      login: { accountId: subjectOf(user), amr: ["pwd"], remember: false },
      consent: {},
      select_account: {},
    });
  };
}
