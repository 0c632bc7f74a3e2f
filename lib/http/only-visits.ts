import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { env } from "@/lib/kit/env";
import { errorPage } from "./answer";
import * as explain from "./explanations";
import { queryProblem } from "./query";

export const toConsole = () => ({ href: env().url, label: "Go to the console" });

/** Whether a browser loads a page ahead of its person, who may never open it. */
export const isSpeculative = (c: Context): boolean =>
  /prefetch|prerender/.test(c.req.header("sec-purpose") ?? c.req.header("purpose") ?? "");

/**
 * A visit that spends something: GET by a person only. HEAD, which Hono would answer as GET, and a
 * browser's speculative loading must not use up a ticket or a code.
 */
export const onlyVisits = createMiddleware(async (c, next) => {
  const { method } = c.req;
  if (method === "POST") return errorPage(c, 405, explain.formPost(), "form post");
  if (method !== "GET") return errorPage(c, 405, explain.wrongMethod(method), "method");
  if (isSpeculative(c)) return c.body(null, 503);
  const problem = queryProblem(new URL(c.req.url).searchParams);
  if (problem) {
    const page = { ...explain.badQuery(problem), link: toConsole() };
    return errorPage(c, 400, page, problem.kind);
  }
  await next();
});
