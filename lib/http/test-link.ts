import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { clientAddress } from "@/lib/admins/client-address";
import { countGuess, guessesTooMuch } from "@/lib/admins/throttle/store";
import type { Origin } from "@/lib/kit/actor";
import { installation } from "@/lib/team/store";
import { spendTestLink } from "@/lib/test-links/spend";
import { type DeadLink, lookAtLink, visitorRun } from "@/lib/test-links/visits/store";
import { bindingCookie, readBindingCookie } from "@/lib/test-runs/cookie";
import { personalMask } from "@/lib/test-runs/report/mask";
import type { Departure } from "@/lib/test-runs/round-trip";
import { errorPage, goOn, wordsPage } from "./answer";
import * as explain from "./explanations";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";
import * as pages from "./test-link-pages";

/** Under the callback's path, because the cookie that opens it goes nowhere else. */
export const visitorResultPath = (runId: string): string =>
  `/cdn-cgi/access/callback/result/${runId}`;

const tokenOf = (c: Context): string =>
  z.string().length(43).safeParse(c.req.param("token")).data ?? "";

const notIndexed = createMiddleware(async (c, next) => {
  c.header("x-robots-tag", "noindex, nofollow, noarchive");
  await next();
});

/** Guessing costs time: after some links that do not exist, an address must wait. */
const slowGuessing = createMiddleware(async (c, next) => {
  if (await guessesTooMuch(clientAddress(c.req.raw.headers))) {
    return errorPage(c, 429, pages.tooManyGuesses(), "too many guesses");
  }
  await next();
});

async function dead(c: Context, { kind }: DeadLink): Promise<Response> {
  if (kind === "used") return errorPage(c, 410, pages.usedLink(), "used link");
  if (kind === "expired") return errorPage(c, 410, pages.expiredLink(), "expired link");
  await countGuess(clientAddress(c.req.raw.headers));
  return errorPage(c, 404, pages.unknownLink(), "unknown link");
}

/** Spends nothing: chat programs, mail scanners and browsers open links before people do. */
async function show(c: Context): Promise<Response> {
  const found = await lookAtLink(tokenOf(c));
  if (found.kind !== "open") return dead(c, found);
  const { teamName } = await installation();
  // With `no-referrer` the form would come back with `Origin: null`. No other origin gets a word of it.
  c.header("referrer-policy", "same-origin");
  return wordsPage(c, pages.invitation(found.invitation, teamName));
}

/** Whether a form was sent by the page of the link itself. */
function fromOwnPage(headers: Headers, teamDomain: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return headers.get("origin") === teamDomain;
}

const originOf = (c: Context): Origin => ({
  ip: clientAddress(c.req.raw.headers),
  requestId: c.res.headers.get(REQUEST_ID_HEADER) ?? newRequestId(),
  door: "data_plane",
});

async function leave(c: Context, departure: Departure, provider: string): Promise<Response> {
  if (departure.kind === "unknown") return errorPage(c, 404, pages.unknownLink(), "unknown run");
  const { callbackUrl } = await installation();
  const { runId, browserToken } = departure;
  if (browserToken) c.header("set-cookie", bindingCookie(runId, browserToken, callbackUrl));
  if (departure.kind === "result") return goOn(c, visitorResultPath(runId));
  return wordsPage(c, pages.onTheWay(provider, departure.url));
}

async function use(c: Context): Promise<Response> {
  const { teamDomain } = await installation();
  if (!fromOwnPage(c.req.raw.headers, teamDomain)) {
    return errorPage(c, 403, pages.postFromElsewhere(), "post from elsewhere");
  }
  const spent = await spendTestLink(tokenOf(c), originOf(c));
  if (spent.kind === "busy") return errorPage(c, 429, pages.busyLink(), "maker's quota");
  return spent.kind === "left" ? leave(c, spent.departure, spent.provider) : dead(c, spent);
}

async function result(c: Context): Promise<Response> {
  const { callbackUrl } = await installation();
  const runId = z.uuid().safeParse(c.req.param("run")).data;
  const cookies = c.req.header("cookie") ?? null;
  const cookie = runId && readBindingCookie(cookies, runId, callbackUrl);
  const found = runId ? await visitorRun(runId, cookie) : null;
  if (!found) return errorPage(c, 404, pages.notYourResult(), "not this browser's result");
  const { run, clientId } = found;
  return wordsPage(c, pages.visitorResult(run, clientId, personalMask(run)));
}

const wrongMethod = (c: Context) => errorPage(c, 405, explain.wrongMethod(c.req.method), "method");

/** A shared test link, and where its run ends. */
export const testLink = new Hono()
  .use("/test/:token", notIndexed, slowGuessing)
  .get("/test/:token", show)
  .post("/test/:token", use)
  .all("/test/:token", wrongMethod)
  .use("/callback/result/:run", notIndexed)
  .get("/callback/result/:run", result)
  .all("/callback/result/:run", wrongMethod);
