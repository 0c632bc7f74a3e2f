import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { PREVIEW_PATH } from "@/lib/custom-pages/preview-states";
import { PLAIN_POLICY } from "@/lib/http/pages/frame";
import { contentSecurityPolicy, securityHeaders } from "@/lib/http/security-headers";
import { env } from "@/lib/kit/env";

const DEV = process.env.NODE_ENV === "development";

/** The form of a test is answered by a page without a script, whose policy allows nothing else. */
const answersPlainly = ({ method, nextUrl }: NextRequest): boolean =>
  method === "POST" && nextUrl.pathname.endsWith("/tests/new");

/** The editors beside a preview, which are opened by their own address. */
const hasPreview = ({ nextUrl }: NextRequest): boolean =>
  nextUrl.pathname.startsWith("/settings/custom-pages/");
const previewFrame = () => ({ frame: `${env().url}${PREVIEW_PATH}` });

/**
 * Gives every page its security headers and a fresh nonce. Next takes the nonce for its own scripts
 * from the request's policy header. Nobody is let in or kept out here: pages and actions do that.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = answersPlainly(request)
    ? PLAIN_POLICY
    : contentSecurityPolicy({ nonce, ...(hasPreview(request) && previewFrame()), dev: DEV });
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  // Where to come back to after signing in.
  headers.set("x-gatehouse-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  // What is drawn for a frame of the console sends all of its own headers: they depend on what it is.
  if (request.nextUrl.pathname === PREVIEW_PATH) return response;
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(
    securityHeaders({ https: env().url.startsWith("https:") }),
  )) {
    response.headers.set(name, value);
  }
  return response;
}

/** Everything but static files and the Hono app's pages, which bring their own policy. */
export const config = { matcher: "/((?!_next/static/|cdn-cgi/access/|scim/v2/).*)" };
