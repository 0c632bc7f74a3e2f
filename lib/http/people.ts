import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { isDocument } from "@/lib/gate/caller";
import { errorPage, peoplePage } from "./answer";
import { type Blocked, blockAnswer } from "./block-answer";
import * as explain from "./explanations";
import { failedPage } from "./login-failure";
import * as words from "./login-words";
import { isSpeculative } from "./only-visits";
import type { Surroundings } from "./pages/frame";
import { queryProblem } from "./query";
import { isHostOf, wasTeamDomain } from "./request-host";
import { speakableReference } from "./request-id";
import { surroundingsAt } from "./surroundings";
import { type Visit, visitOf } from "./visit";

/** What a visit's handler gets besides the context. */
export type Handler = (c: Context, visit: Visit) => Response | Promise<Response>;

/** A page, or the admin's own address, for somebody who does not get in. */
export function blocked(c: Context, block: Blocked, status: 403 | 404 | 503 = 403): Response {
  const answer = blockAnswer(block);
  return "location" in answer ? c.redirect(answer.location, 302) : peoplePage(c, answer, status);
}

export const surroundingsOf = ({ snapshot, host }: Visit): Surroundings =>
  surroundingsAt(snapshot, host);

/** Opened by a person: neither HEAD nor a browser that loads ahead may spend anything. */
export const byPeople = createMiddleware(async (c, next) => {
  const { method } = c.req;
  if (method !== "GET") return errorPage(c, 405, explain.wrongMethod(method), "method");
  if (isSpeculative(c)) return c.body(null, 503);
  const problem = queryProblem(new URL(c.req.url).searchParams);
  if (problem) return errorPage(c, 400, words.badState(), problem.kind);
  await next();
});

/**
 * Looked at, in a frame if need be: the images of another site must not use up what an address may
 * begin.
 */
export const asDocument = createMiddleware(async (c, next) => {
  const destination = c.req.header("sec-fetch-dest");
  if (!isDocument(destination)) return errorPage(c, 403, words.partOfPage(), "not a document");
  await next();
});

/** Runs a handler once the settings are known and fresh. */
export const withVisit =
  (handler: Handler) =>
  async (c: Context): Promise<Response> => {
    const visit = await visitOf(c);
    return visit
      ? handler(c, visit)
      : errorPage(c, 503, { ...words.notReady(), reference: speakableReference() }, "not ready");
  };

/**
 * The same on the team domain alone: on another host its cookies would be that host's. Bookmarks of
 * the team's former name are led there.
 */
export const onTeamDomain = (handler: Handler) =>
  withVisit((c, visit) => {
    const { teamDomain } = visit.snapshot;
    if (isHostOf(visit.host, teamDomain)) return handler(c, visit);
    if (wasTeamDomain(visit.snapshot, visit.host)) {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(teamDomain + pathname + search, 302);
    }
    const page = words.otherHost(teamDomain, visit.host);
    return failedPage(c, visit, { status: 404, page, reason: "other_host" });
  });
