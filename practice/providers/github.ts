import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PASSWORD, userWithLogin } from "../accounts";
import { describeProvider, type Entry } from "../entry";
import type { Fault } from "../faults/fault";
import { sendPage } from "../html";
import { readForm, showForm } from "../login-page";
import type { Handler, Site } from "../site";
import { githubApi } from "./github-api";
import { type Grant, tokenEndpoint } from "./github-tokens";

const LABEL = "GitHub-like, Enterprise Server";
const CLIENT_ID = "Ov23lipractice000001";

/** By client id: what this GitHub does differently. */
export const GITHUB_FAULTS: readonly Fault[] = [
  {
    id: "fault-bad-code",
    title: "Code that is refused, with status 200",
    expect: "The sign-in code was refused.",
    code: "bad_verification_code",
  },
  {
    id: "fault-redirect-uri",
    title: "Callback URL that is not the registered one",
    expect: "The Callback URL is not the one that is registered.",
    code: "redirect_uri_mismatch",
  },
  {
    id: "fault-suspended",
    title: "App that is suspended",
    expect: "The provider has suspended this app.",
    code: "app_suspended",
  },
  {
    id: "fault-no-email-scope",
    title: "Email addresses were not granted",
    expect: "The app may not read email addresses.",
    code: "person_no_scope",
  },
  {
    id: "fault-rate-limit",
    title: "API that was asked too often",
    expect: "The provider's API is asked too often.",
    code: "person_rate_limited",
  },
  {
    id: "fault-no-org-scope",
    title: "Organizations were not granted",
    expect: "Passes; groups are missing because the app may not read them.",
    code: "person_groups_scope",
  },
  {
    id: "fault-sso",
    title: "Organization that wants its own single sign-on first",
    expect: "Passes; groups may be missing.",
    code: "person_groups_sso",
  },
  {
    id: "fault-next-elsewhere",
    title: "Next page of teams on another host",
    expect: "Passes (as grace); a next page was not read.",
    code: "person_groups_next_page",
    user: "grace",
  },
];

const known = (clientId: string): boolean =>
  clientId === CLIENT_ID || GITHUB_FAULTS.some(({ id }) => id === clientId);

const NOT_GRANTED: Record<string, string> = {
  "fault-no-email-scope": "user:email",
  "fault-no-org-scope": "read:org",
};

function problemPage(response: ServerResponse, status: number, title: string): void {
  sendPage(response, { title: `${title} - ${LABEL}`, status, body: `<h1>${title}</h1>` });
}

function sendBack(
  response: ServerResponse,
  query: URLSearchParams,
  answer: Record<string, string>,
) {
  const callback = new URL(query.get("redirect_uri") ?? "");
  const state = query.get("state");
  for (const [name, value] of Object.entries({ ...answer, ...(state !== null && { state }) })) {
    callback.searchParams.set(name, value);
  }
  response.writeHead(302, { location: callback.href }).end();
}

const SUSPENDED = {
  error: "application_suspended",
  error_description: "Your application has been suspended. Contact support.",
};
const DENIED = {
  error: "access_denied",
  error_description: "The user has denied your application access.",
};

function grantFor(query: URLSearchParams, login: string): Grant {
  const clientId = query.get("client_id") ?? "";
  const asked = (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean);
  return {
    clientId,
    login,
    redirectUri: query.get("redirect_uri") ?? "",
    challenge: query.get("code_challenge"),
    scopes: asked.filter((scope) => scope !== NOT_GRANTED[clientId]),
  };
}

/** `GET` and `POST /login/oauth/authorize`: the sign-in page, and what follows from it. */
async function authorize(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  codes: Map<string, Grant>,
): Promise<void> {
  const clientId = query.get("client_id") ?? "";
  if (clientId === "fault-suspended") return sendBack(response, query, SUSPENDED);
  if (request.method !== "POST") return showForm(response, LABEL, "", "");
  const form = await readForm(request);
  if (form.get("answer") === "deny") return sendBack(response, query, DENIED);
  const login = form.get("username") ?? "";
  const user = userWithLogin(login);
  if (!user || form.get("password") !== PASSWORD) {
    return showForm(response, LABEL, login, "The username or password is not right.");
  }
  const code = randomBytes(10).toString("hex");
  codes.set(code, grantFor(query, user.login));
  return sendBack(response, query, { code });
}

const pattern = (redirectUri: string): RegExp =>
  new RegExp(
    `^${redirectUri
      .split("{team}")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[a-z0-9-]+")}$`,
  );

/** A GitHub Enterprise Server as a client sees it: OAuth 2.0 without OpenID Connect, and an API. */
export async function startGithub(site: Site, redirectUris: readonly string[]): Promise<Entry> {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, Grant>();
  const allowed = redirectUris.map(pattern);
  const exchange = tokenEndpoint(codes, tokens, known);
  const api = githubApi(tokens);
  const handle: Handler = async (request, response, url) => {
    if (url.pathname === "/login/oauth/access_token") return exchange(request, response, url);
    if (url.pathname !== "/login/oauth/authorize") return api(request, response, url);
    const query = url.searchParams;
    if (!known(query.get("client_id") ?? "")) problemPage(response, 404, "Not found");
    else if (!allowed.some((one) => one.test(query.get("redirect_uri") ?? ""))) {
      problemPage(response, 400, "The redirect_uri is not associated with this application");
    } else await authorize(request, response, query, codes);
    return true;
  };
  const plan = { label: LABEL, clientId: CLIENT_ID, faults: GITHUB_FAULTS, base: site.base };
  const about = { id: "github" as const, kind: "github", fields: { github_url: site.base } };
  return { provider: describeProvider(about, plan, site), handle };
}
