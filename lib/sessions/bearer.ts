import { type JWTVerifyGetKey, jwtVerify } from "jose";
import { isLiveWith } from "@/lib/gate/service-credentials";
import type { GateApplication, GateServiceToken, Snapshot } from "@/lib/gate/snapshot";
import { hashToken, sameText } from "@/lib/kit/secrets";
import { readCookies, readOneCookie } from "./cookies";
import {
  COOKIES,
  type OrgToken,
  orgTokenSchema,
  type PersonToken,
  personTokenSchema,
  type ServiceTokenClaims,
  serviceTokenClaimsSchema,
  sessionIdOf,
} from "./schema";
import type { LiveSession } from "./store";

/** Who holds a token that is good at this moment. */
export type Bearer =
  | {
      kind: "person";
      session: LiveSession;
      /** Of a token for an application; null for the global one. */
      application: GateApplication | null;
      token: PersonToken | OrgToken;
    }
  | {
      kind: "program";
      program: GateServiceToken;
      application: GateApplication;
      token: ServiceTokenClaims;
    };

/** The session of a token while it holds: itself, or its `tokens`. Throws when nobody can tell. */
export type FindSession = (
  sessionId: string,
  forIts: "session" | "tokens",
) => Promise<LiveSession | null>;

export interface Presented {
  cookies: string | null;
  /** Token of a program that holds no cookies (`cf-access-token`). */
  header: string | null;
  /** Whether it was presented on the team domain, which takes the global token too. */
  onTeamDomain: boolean;
}

/** A browser may send more cookies of one name; a sender of many is no browser. */
const MOST_TOKENS = 4;
/** Seconds by which the clocks of two instances may differ. */
const SKEW_S = 5;

const keysOf =
  ({ keys }: Snapshot): JWTVerifyGetKey =>
  ({ kid }) => {
    const known = keys.get(kid ?? "");
    if (!known || known.until <= Date.now()) throw new Error("no such key");
    return known.key;
  };

async function payloadOf(token: string, snapshot: Snapshot): Promise<unknown> {
  try {
    const checks = { issuer: snapshot.teamDomain, algorithms: ["RS256"], clockTolerance: SKEW_S };
    const required = { ...checks, requiredClaims: ["exp", "iat"] };
    return (await jwtVerify(token, keysOf(snapshot), required)).payload;
  } catch {
    return null;
  }
}

function applicationOf(
  { byAud }: Snapshot,
  { aud, epoch }: Pick<PersonToken, "aud" | "epoch">,
): GateApplication | null {
  const [only, ...others] = aud;
  if (!only || others.length > 0) return null;
  const application = byAud.get(only);
  return application?.enabled && application.tokenEpoch === epoch ? application : null;
}

async function sessionOf(findSession: FindSession, token: PersonToken | OrgToken) {
  const forIts = token.type === "org" ? "session" : "tokens";
  const session = await findSession(sessionIdOf(token.identity_nonce), forIts);
  return session?.userId === token.sub ? session : null;
}

/** The cookie that a bound token must come with. On the team domain servers ask, without cookies. */
function isBound({ binding }: PersonToken, { cookies, onTeamDomain }: Presented): boolean {
  if (!binding || onTeamDomain) return true;
  const cookie = readOneCookie(cookies, COOKIES.binding);
  return cookie !== null && sameText(hashToken(cookie), binding);
}

function programBy(snapshot: Snapshot, claims: ServiceTokenClaims): Bearer | null {
  const application = applicationOf(snapshot, claims);
  const program = snapshot.serviceTokens.get(claims.common_name);
  if (!application || !program) return null;
  const isLive = isLiveWith({ token: program, secretVersion: claims.secret_version }, Date.now());
  return isLive ? { kind: "program", program, application, token: claims } : null;
}

async function bearerBy(
  snapshot: Snapshot,
  payload: unknown,
  presented: Presented,
  findSession: FindSession,
): Promise<Bearer | null> {
  const org = orgTokenSchema.safeParse(payload).data;
  if (org) {
    const isOurs = org.aud.length === 1 && org.aud[0] === snapshot.teamDomain;
    if (!presented.onTeamDomain || !isOurs) return null;
    const session = await sessionOf(findSession, org);
    return session && { kind: "person", session, application: null, token: org };
  }
  const person = personTokenSchema.safeParse(payload).data;
  if (person) {
    const application = applicationOf(snapshot, person);
    if (!application || !isBound(person, presented)) return null;
    const session = await sessionOf(findSession, person);
    return session && { kind: "person", session, application, token: person };
  }
  const service = serviceTokenClaimsSchema.safeParse(payload).data;
  return service ? programBy(snapshot, service) : null;
}

/**
 * Who presents a token that this installation signed, and that still holds: its session is live, its
 * application is there and has revoked nothing since. Null for anybody else. Throws what
 * `findSession` throws.
 */
export async function bearerOf(
  snapshot: Snapshot,
  presented: Presented,
  findSession: FindSession,
): Promise<Bearer | null> {
  const tokens = [...readCookies(presented.cookies, COOKIES.authorization), presented.header ?? ""]
    .filter(Boolean)
    .slice(0, MOST_TOKENS);
  for (const token of tokens) {
    const payload = await payloadOf(token, snapshot);
    const bearer = payload ? await bearerBy(snapshot, payload, presented, findSession) : null;
    if (bearer) return bearer;
  }
  return null;
}
