import { type Context, Hono } from "hono";
import { clientAddress } from "@/lib/admins/client-address";
import { gate } from "@/lib/gate/state";
import { env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { requirePlace } from "@/lib/scim/execute/dispatch";
import { executeScim, refusalAnswer, refuseScim } from "@/lib/scim/execute/execute";
import type { ScimAnswer } from "@/lib/scim/execute/request";
import { isScimError, ScimError } from "@/lib/scim/scim-error";
import { authenticateScim } from "@/lib/scim/secrets/store";
import { isHostOf, requestHost } from "./request-host";
import { REQUEST_ID_HEADER } from "./request-id";
import { SCIM_TYPE, splitScimPath } from "./scim-path";

const JSON_TYPES = /^application\/(?:scim\+)?json(?:\s*;.*)?$/i;
const WITH_BODY = new Set(["POST", "PUT", "PATCH"]);

/** Base URL of an endpoint as this client reached it: by the team domain, or by the console's origin. */
function baseOf(request: Request, loginMethodId: string): string {
  const team = gate().snapshot()?.teamDomain;
  const origin = team && isHostOf(requestHost(request), team) ? team : env().url;
  return `${new URL(origin).origin}/scim/v2/${loginMethodId}`;
}

/** The body as JSON; ScimError 415 or 400 for anything else. */
async function bodyOf(request: Request): Promise<unknown> {
  if (!WITH_BODY.has(request.method)) return undefined;
  const type = request.headers.get("content-type");
  if (type !== null && !JSON_TYPES.test(type)) {
    throw new ScimError(415, "Send application/scim+json or application/json.");
  }
  if (request.headers.has("content-encoding")) {
    throw new ScimError(415, "Send the body as it is, without Content-Encoding.");
  }
  const bytes = await request.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ScimError(400, "The body is not JSON in UTF-8.", "invalidSyntax", { cause });
  }
}

function send(c: Context, { status, headers, body }: ScimAnswer): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
  if (body === null) return c.body(null, status as 204);
  c.header("content-type", SCIM_TYPE);
  return c.body(JSON.stringify(body), status as 200);
}

/** Who asks is settled in the same place that answers: no spelling of a path gets around it. */
async function answer(c: Context): Promise<ScimAnswer> {
  const { raw } = c.req;
  const { pathname, searchParams } = new URL(raw.url);
  const { loginMethodId, segments } = splitScimPath(pathname) ?? {
    loginMethodId: "",
    segments: [],
  };
  const from = {
    ip: clientAddress(raw.headers),
    requestId: c.res.headers.get(REQUEST_ID_HEADER) ?? "",
    door: "scim",
  } as const;
  const { headers, method } = raw;
  const client = await authenticateScim(
    loginMethodId,
    headers.get("authorization"),
    from,
    headers.get("user-agent"),
  );
  const request = {
    method: method === "HEAD" ? "GET" : method,
    segments,
    query: searchParams,
    ifMatch: headers.get("if-match"),
    ifNoneMatch: headers.get("if-none-match"),
    base: baseOf(raw, client.loginMethodId),
    bulkIndex: null,
  };
  try {
    requirePlace(request);
    return (await executeScim(client, { ...request, body: await bodyOf(raw) })).answer;
  } catch (err) {
    return refuseScim(client, { ...request, body: undefined }, err);
  }
}

/** SCIM 2.0 at `/scim/v2/<login method id>`: one endpoint for each login method. */
export const scim = new Hono().all("/*", async (c) => {
  try {
    return send(c, await answer(c));
  } catch (err) {
    if (isScimError(err)) return send(c, refusalAnswer(err));
    log.error({ err }, "a SCIM request failed");
    const down = isAppError(err) && err.code === "unavailable";
    const refusal = down
      ? new ScimError(503, "Gatehouse cannot reach its database. Try again in a moment.")
      : new ScimError(500, "Gatehouse failed. Its log says why.");
    return send(c, refusalAnswer(refusal));
  }
});
