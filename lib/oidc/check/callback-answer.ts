import { looksLikeHtml, parseJsonObject, textOf } from "../parse-json";

/** What a provider does with an authorization request that nobody's browser sent. */
export type CallbackAnswer =
  /** It sends the browser back to us, which it may only do to a registered address. */
  | { kind: "back"; error: string | null; description: string }
  /** It shows an error page instead, and why as far as it says so. */
  | { kind: "refused"; about: "redirect_uri" | "client" | "something"; status: number }
  /** It goes on to sign people in. */
  | { kind: "sign_in" }
  | { kind: "unclear"; status: number };

const isRedirect = (status: number) => status >= 300 && status < 400;

// In an error page any mention will do; in a page that may be a sign-in form it has to be a complaint,
// since our own address often stands in its links.
const ABOUT_REDIRECT =
  /redirect[\s_-]?ur[il]|callback[\s_-]?url|reply[\s_-]?(url|address)|AADSTS50011/i;
const COMPLAINT =
  /AADSTS50011|redirect_uri_mismatch|(invalid|mismatch\w{0,5}|unregistered)[^&%=<>]{0,40}redirect[\s_-]?ur[il]|redirect[\s_-]?ur[il][^&%=<>]{0,80}(invalid|mismatch|not (valid|match|registered|allowed|whitelisted))/i;
const ABOUT_CLIENT =
  /invalid_client|unauthorized_client|AADSTS700016|(client|application|app)(_id| id)?\b[^&%=<>]{0,40}(not (found|exist|registered|known)|unknown|invalid|does not exist|disabled)|(unknown|invalid|unregistered)[^&%=<>]{0,20}(client|application)/i;

/** A page's words, without its markup and scripts. Each pattern has one place to end: no page is slow. */
function plain(html: string): string {
  const outside = html
    .slice(0, 200_000)
    .split(/<\/(?:script|style)>/i)
    .map((part) => part.replace(/<(?:script|style)\b[\s\S]*$/i, " "));
  return outside
    .join(" ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&#?\w{1,8};/g, " ");
}

/** Characters of a page's words: a complaint stands near its beginning. */
const MOST_WORDS = 20_000;

function textOfPage(body: string): string {
  const json = parseJsonObject(body);
  const words = json && [textOf(json, "error"), textOf(json, "error_description")].join(" ");
  return (words ?? (looksLikeHtml(body) ? plain(body) : body)).slice(0, MOST_WORDS);
}

function paramsOf({ searchParams, hash }: URL): URLSearchParams {
  return searchParams.has("error") ? searchParams : new URLSearchParams(hash.slice(1));
}

const isOurs = (location: URL, redirectUri: string): boolean =>
  `${location.origin}${location.pathname}` === redirectUri.split("?")[0];

/** Some providers redirect to their error page, with the reason in its address (Google encodes it twice). */
function refusalIn(location: URL): "redirect_uri" | "client" | "something" | null {
  const encoded = location.searchParams.get("authError") ?? "";
  const words = `${location.pathname} ${location.search} ${Buffer.from(encoded, "base64url").toString("latin1")}`;
  if (/redirect_uri_mismatch|invalid_redirect/i.test(words)) return "redirect_uri";
  if (/invalid_client|unauthorized_client/i.test(words)) return "client";
  return /(^|\/)(oauth\/)?error(\/|$|\?)/i.test(location.pathname) ? "something" : null;
}

function fromRedirect(response: Response, url: string, redirectUri: string): CallbackAnswer {
  const to = response.headers.get("location") ?? "";
  const { status } = response;
  if (!URL.canParse(to, url)) return { kind: "unclear", status };
  const location = new URL(to, url);
  if (isOurs(location, redirectUri)) {
    const params = paramsOf(location);
    const description = params.get("error_description") ?? "";
    return { kind: "back", error: params.get("error"), description };
  }
  const about = refusalIn(location);
  return about ? { kind: "refused", about, status } : { kind: "sign_in" };
}

/** Reads an answer of the Auth URL. Nothing in it is believed but where it leads. */
export async function readCallbackAnswer(
  response: Response,
  url: string,
  redirectUri: string,
): Promise<CallbackAnswer> {
  const { status } = response;
  if (isRedirect(status)) return fromRedirect(response, url, redirectUri);
  const body = await response.text();
  const words = textOfPage(body);
  if (status >= 400 && status < 500) {
    if (ABOUT_REDIRECT.test(words)) return { kind: "refused", about: "redirect_uri", status };
    const about = ABOUT_CLIENT.test(words) ? "client" : "something";
    return { kind: "refused", about, status };
  }
  if (status !== 200) return { kind: "unclear", status };
  if (COMPLAINT.test(words)) return { kind: "refused", about: "redirect_uri", status };
  return looksLikeHtml(body) ? { kind: "sign_in" } : { kind: "unclear", status };
}
