import { PASSWORD } from "./accounts";

interface Options {
  password?: string;
  /** Presses Deny instead of signing in. */
  deny?: boolean;
}

const MOST_STEPS = 10;

function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value && !/expires=Thu, 01 Jan 1970/i.test(line)) jar.set(name, value);
    else jar.delete(name);
  }
}

const heading = (html: string): string =>
  [...html.matchAll(/<h1>(.*?)<\/h1>|class="problem"[^>]*>(.*?)</g)]
    .map(([, title, problem]) => title ?? problem)
    .join(": ");

/**
 * Does what a browser and a person do at a practice provider: opens the authorize URL, fills in the
 * sign-in form and follows redirects until they leave the provider. Returns the callback URL.
 * Throws, with the heading of the page, where the provider shows a page of its own instead.
 */
export async function signInAt(
  authorizeUrl: string,
  login: string,
  { password = PASSWORD, deny = false }: Options = {},
): Promise<string> {
  const { origin } = new URL(authorizeUrl);
  const jar = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>) => {
    const response = await fetch(url, {
      method: form ? "POST" : "GET",
      body: form ? new URLSearchParams(form) : undefined,
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    keepCookies(jar, response);
    return response;
  };

  let url = authorizeUrl;
  let response = await visit(url);
  for (let step = 0; step < MOST_STEPS; step++) {
    const location = response.headers.get("location");
    if (location) {
      url = new URL(location, url).href;
      if (new URL(url).origin !== origin) return url;
      response = await visit(url);
      continue;
    }
    const page = await response.text();
    if (!response.ok || !page.includes('name="password"')) {
      throw new Error(`${response.status} ${heading(page) || page.slice(0, 200)}`);
    }
    response = await visit(url, deny ? { answer: "deny" } : { username: login, password });
  }
  throw new Error(`The sign-in at ${origin} did not end after ${MOST_STEPS} steps.`);
}
