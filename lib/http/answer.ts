import type { Context } from "hono";
import { log } from "@/lib/kit/log";
import { pathForLog } from "./front-door";
import { type PlainPage, plainPage } from "./plain-page";
import { REQUEST_ID_HEADER, speakableReference } from "./request-id";

type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 410 | 429 | 500 | 503;

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
): Response | Promise<Response> {
  const ref = page.reference ?? speakableReference();
  const requestId = c.res.headers.get(REQUEST_ID_HEADER);
  const line = { ref, requestId, status, reason, path: pathForLog(c.req.path), err };
  if (status >= 500) log.error(line, "a data plane request failed");
  else log.warn(line, "a data plane request was refused");
  return c.html(plainPage({ ...page, reference: ref }), status);
}

/** 303: whatever the method was, the browser goes on with GET. */
export function goOn(c: Context, url: string): Response {
  return c.redirect(url, 303);
}
