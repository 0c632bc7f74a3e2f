import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { gate } from "@/lib/gate/state";
import { env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { access } from "./access";
import { errorPage } from "./answer";
import * as explain from "./explanations";
import { health } from "./health";
import { LAUNCHER } from "./login-links";
import { isHostOf, requestHost, wasTeamDomain } from "./request-host";
import { isRequestId, newRequestId, REQUEST_ID_HEADER } from "./request-id";
import { scim } from "./scim";
import { securityHeaders } from "./security-headers";
import { teamDiscovery } from "./team-discovery";

/** Of what is no page; pages bring their own policy. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/** Every answer: a request id, the security headers, and no copy in any cache. */
const surround = createMiddleware(async (c, next) => {
  const given = c.req.header(REQUEST_ID_HEADER);
  c.header(REQUEST_ID_HEADER, isRequestId(given) ? given : newRequestId());
  c.header("cache-control", "no-store");
  c.header("content-security-policy", NOTHING);
  const https = env().url.startsWith("https:");
  for (const [name, value] of Object.entries(securityHeaders({ https }))) c.header(name, value);
  // Addresses here carry codes and tickets.
  c.header("referrer-policy", "no-referrer");
  await next();
});

/** The bare address of a team domain that has a host of its own, or had one. */
async function teamRoot(c: Context): Promise<Response> {
  const snapshot = gate().snapshot();
  const host = requestHost(c.req.raw);
  if (!snapshot) return c.notFound();
  if (isHostOf(host, snapshot.teamDomain)) return c.redirect(LAUNCHER, 302);
  const was = wasTeamDomain(snapshot, host);
  return was ? c.redirect(snapshot.teamDomain + LAUNCHER, 302) : c.notFound();
}

function build(): Hono {
  const app = new Hono();
  app.use(surround);
  app.route("/", health);
  app.route("/cdn-cgi/access", access);
  app.route("/scim/v2", scim);
  app.route("/", teamDiscovery);
  app.get("/", teamRoot);
  app.notFound((c) => {
    const link = { href: env().url, label: "Go to the console" };
    return errorPage(c, 404, { ...explain.notFound(), link }, "not found");
  });
  app.onError((err, c) => {
    const down = isAppError(err) && err.code === "unavailable";
    const page = down ? explain.unavailable() : explain.broken();
    return errorPage(c, down ? 503 : 500, page, "failed", err);
  });
  return app;
}

let app: Hono | undefined;

/**
 * The machines' face of Gatehouse, free of Next. `server.ts` puts it in front of Next; catch-all
 * routes in `app/` serve the same thing under `next dev`.
 */
export const machine = (): Hono => {
  app ??= build();
  return app;
};
