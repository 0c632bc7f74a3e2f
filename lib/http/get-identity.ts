import { type Context, Hono } from "hono";
import { clientAddress } from "@/lib/admins/client-address";
import { knownSession } from "@/lib/gate/known-session";
import type { Snapshot } from "@/lib/gate/snapshot";
import { log } from "@/lib/kit/log";
import { bearerOf, type FindSession } from "@/lib/sessions/bearer";
import { programIdentity, sessionIdentity } from "@/lib/users/get-identity";
import { knownSnapshot, notReady, readOnly } from "./certs";
import { isHostOf, requestHost } from "./request-host";

/** The team domain, and who presents a token on this host; null for nobody. */
export async function presentedTo(c: Context, snapshot: Snapshot, findSession: FindSession) {
  const { headers } = c.req.raw;
  const onTeamDomain = isHostOf(requestHost(c.req.raw), snapshot.teamDomain);
  const header = headers.get("cf-access-token");
  const presented = { cookies: headers.get("cookie"), header, onTeamDomain };
  return { onTeamDomain, bearer: await bearerOf(snapshot, presented, findSession) };
}

async function answer(c: Context): Promise<Response> {
  const refused = readOnly(c);
  if (refused) return refused;
  const snapshot = await knownSnapshot();
  if (!snapshot) return notReady(c);
  const { teamDomain } = snapshot;
  const { bearer } = await presentedTo(c, snapshot, knownSession(snapshot));
  if (!bearer) return c.json({ err: "No token that holds came with this request. Sign in." }, 401);
  if (bearer.kind === "person") return c.json(sessionIdentity(bearer.session, teamDomain));
  const { iat } = bearer.token;
  const from = { iat, ip: clientAddress(c.req.raw.headers), country: null };
  return c.json(programIdentity(bearer.program, from, teamDomain));
}

/** Who is signed in, for applications and their scripts: JSON on the team domain and on theirs. */
export const getIdentity = new Hono().all("/get-identity", async (c) => {
  try {
    return await answer(c);
  } catch (err) {
    log.error({ err }, "an identity could not be told");
    return c.json({ err: "Identities cannot be read at the moment. Try again." }, 503);
  }
});
