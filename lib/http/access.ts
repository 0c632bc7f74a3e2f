import { type Context, Hono } from "hono";
import * as z from "zod";
import { env } from "@/lib/kit/env";
import { installation } from "@/lib/team/store";
import { bindingCookie, readBindingCookie } from "@/lib/test-runs/cookie";
import { arriveFromProvider, departForProvider } from "@/lib/test-runs/round-trip";
import { errorPage, goOn } from "./answer";
import { authorizedDoor } from "./authorized";
import { certs } from "./certs";
import { clientKeys } from "./client-keys";
import { eagerDoor } from "./eager";
import * as explain from "./explanations";
import { getIdentity } from "./get-identity";
import { launcherDoor } from "./launcher";
import { loginDoor } from "./login";
import { arriveAtLogin } from "./login-callback";
import { failedPage } from "./login-failure";
import * as words from "./login-words";
import { logoDoor } from "./logo";
import { logoutDoor } from "./logout";
import { onlyVisits, toConsole } from "./only-visits";
import type { PlainPage } from "./plain-page";
import { teamDiscovery } from "./team-discovery";
import { testLink, visitorResultPath } from "./test-link";
import { visitorInOtherBrowser } from "./test-link-pages";
import { visitOf } from "./visit";

const resultUrl = (run: { runId: string; loginMethodId: string }): string =>
  `${env().url}/settings/authentication/login-methods/${run.loginMethodId}/tests/${run.runId}`;

function withoutState(query: URLSearchParams): PlainPage {
  const error = query.get("error");
  if (error) return explain.unverifiedProviderError(error, query.get("error_description"));
  return query.get("code") ? explain.missingState() : explain.openedByHand();
}

async function callback(c: Context): Promise<Response> {
  const query = new URL(c.req.url).searchParams;
  if (!query.get("state")) {
    return errorPage(c, 400, { ...withoutState(query), link: toConsole() }, "no state");
  }
  const { callbackUrl } = await installation();
  const cookies = c.req.header("cookie") ?? null;
  const arrival = await arriveFromProvider(query, (runId) =>
    readBindingCookie(cookies, runId, callbackUrl),
  );
  switch (arrival.kind) {
    case "result":
      return goOn(c, arrival.byLink ? visitorResultPath(arrival.runId) : resultUrl(arrival));
    case "other_browser": {
      if (arrival.byLink) return errorPage(c, 403, visitorInOtherBrowser(), "other browser");
      const link = { href: resultUrl(arrival), label: "See the result in the console" };
      return errorPage(c, 403, { ...explain.otherBrowser(), link }, "other browser");
    }
    case "unknown":
      return atLogin(c, query);
  }
}

/** What no test run began, a login may have. */
async function atLogin(c: Context, query: URLSearchParams): Promise<Response> {
  const visit = await visitOf(c);
  if (!visit) return errorPage(c, 503, words.notReady(), "not ready");
  const answer = await arriveAtLogin(c, visit, query);
  if (answer) return answer;
  const page = { ...explain.unknownState(), link: toConsole() };
  return failedPage(c, visit, { status: 400, page, reason: "unknown_login" });
}

async function testIdp(c: Context): Promise<Response> {
  const runId = z.uuid().safeParse(c.req.param("run")).data;
  const ticket = z.string().length(43).safeParse(c.req.query("ticket")).data;
  const departure =
    runId && ticket ? await departForProvider(runId, ticket) : ({ kind: "unknown" } as const);
  switch (departure.kind) {
    case "provider":
      c.header(
        "set-cookie",
        bindingCookie(departure.runId, departure.browserToken, departure.redirectUri),
      );
      return c.redirect(departure.url, 302);
    case "result":
      return goOn(c, resultUrl(departure));
    case "unknown":
      return errorPage(c, 404, { ...explain.unknownTicket(), link: toConsole() }, "unknown ticket");
  }
}

/** The data plane under `/cdn-cgi/access`. */
export const access = new Hono()
  .use("/callback", onlyVisits)
  .all("/callback", callback)
  .all("/callback/", async (c) => {
    const { callbackUrl } = await installation();
    return errorPage(c, 404, explain.trailingSlash(callbackUrl), "trailing slash");
  })
  .route("/", testLink)
  .route("/", loginDoor)
  .route("/", authorizedDoor)
  .route("/", eagerDoor)
  .route("/", launcherDoor)
  .route("/", logoutDoor)
  .route("/", getIdentity)
  .route("/", certs)
  .route("/", logoDoor)
  .route("/", teamDiscovery)
  .route("/client-keys", clientKeys)
  .use("/test-idp/:run", onlyVisits)
  .all("/test-idp/:run", testIdp);
