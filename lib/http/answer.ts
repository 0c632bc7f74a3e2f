import type { Context } from "hono";
import { gate } from "@/lib/gate/state";
import { log } from "@/lib/kit/log";
import { pathForLog } from "./front-door";
import type { PeoplePage } from "./pages/frame";
import { type PlainPage, plainPage } from "./plain-page";
import { requestHost } from "./request-host";
import { REQUEST_ID_HEADER, speakableReference } from "./request-id";
import { surroundingsAt } from "./surroundings";

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 410 | 429 | 500 | 503;

type PageStatus = 200 | ErrorStatus;

/** A page that people see; it brings its own policy of what may be loaded. */
export function peoplePage(c: Context, page: PeoplePage, status: PageStatus = 200): Response {
  c.header("content-security-policy", page.csp);
  return c.body(page.html, status, { "content-type": "text/html; charset=utf-8" });
}

/** A page of words, in the organization's design as soon as that is known. */
export function wordsPage(c: Context, page: PlainPage, status: PageStatus = 200): Response {
  const snapshot = gate().snapshot();
  const around = snapshot ? surroundingsAt(snapshot, requestHost(c.req.raw)) : undefined;
  return peoplePage(c, plainPage(page, around), status);
}

/**
 * An error page with a reference that the log has too: the page's own, else a new one. `reason` is
 * for the log; nothing of the request but its path goes there.
 */
export function errorPage(
  c: Context,
  status: ErrorStatus,
  page: PlainPage,
  reason: string,
  err?: unknown,
): Response {
  const ref = page.reference ?? speakableReference();
  const requestId = c.res.headers.get(REQUEST_ID_HEADER);
  const line = { ref, requestId, status, reason, path: pathForLog(c.req.path), err };
  if (status >= 500) log.error(line, "a data plane request failed");
  else log.warn(line, "a data plane request was refused");
  return wordsPage(c, { ...page, reference: ref }, status);
}

/** 303: whatever the method was, the browser goes on with GET. */
export function goOn(c: Context, url: string): Response {
  return c.redirect(url, 303);
}
