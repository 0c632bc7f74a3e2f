import "server-only";
import { createLocalJWKSet, type JWK, jwtVerify } from "jose";
import { listSigningKeys } from "@/lib/keys/store";
import type { DataPlane } from "@/lib/kit/data-plane";
import { hashToken, sameText } from "@/lib/kit/secrets";
import { type Audience, audienceOf, liveProgram, type Program } from "./audience/store";
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
import { findLiveSession, type LiveSession } from "./store";

/** Who holds a token that is good at this moment. */
export type Bearer =
  | {
      kind: "person";
      session: LiveSession;
      /** Of a token for an application; null for the global one. */
      application: Audience | null;
      token: PersonToken | OrgToken;
    }
  | { kind: "program"; program: Program; application: Audience; token: ServiceTokenClaims };

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

type Keys = ReturnType<typeof createLocalJWKSet>;

async function payloadOf(token: string, keys: Keys, issuer: string): Promise<unknown> {
  try {
    const checks = { issuer, algorithms: ["RS256"], clockTolerance: SKEW_S };
    return (await jwtVerify(token, keys, { ...checks, requiredClaims: ["exp", "iat"] })).payload;
  } catch {
    return null;
  }
}

async function applicationOf(
  dataPlane: DataPlane,
  { aud, epoch }: Pick<PersonToken, "aud" | "epoch">,
): Promise<Audience | null> {
  const [only, ...others] = aud;
  if (!only || others.length > 0) return null;
  const application = await audienceOf(dataPlane, only);
  return application?.enabled && application.tokenEpoch === epoch ? application : null;
}

async function sessionOf(dataPlane: DataPlane, token: PersonToken | OrgToken) {
  const session = await findLiveSession(
    dataPlane,
    sessionIdOf(token.identity_nonce),
    token.type === "org" ? "session" : "tokens",
  );
  return session?.userId === token.sub ? session : null;
}

/** The cookie that a bound token must come with. On the team domain servers ask, without cookies. */
function isBound({ binding }: PersonToken, { cookies, onTeamDomain }: Presented): boolean {
  if (!binding || onTeamDomain) return true;
  const cookie = readOneCookie(cookies, COOKIES.binding);
  return cookie !== null && sameText(hashToken(cookie), binding);
}

async function bearerBy(
  dataPlane: DataPlane,
  payload: unknown,
  issuer: string,
  presented: Presented,
): Promise<Bearer | null> {
  const org = orgTokenSchema.safeParse(payload).data;
  if (org) {
    if (!presented.onTeamDomain || org.aud.length !== 1 || org.aud[0] !== issuer) return null;
    const session = await sessionOf(dataPlane, org);
    return session && { kind: "person", session, application: null, token: org };
  }
  const person = personTokenSchema.safeParse(payload).data;
  if (person) {
    const application = await applicationOf(dataPlane, person);
    if (!application || !isBound(person, presented)) return null;
    const session = await sessionOf(dataPlane, person);
    return session && { kind: "person", session, application, token: person };
  }
  const service = serviceTokenClaimsSchema.safeParse(payload).data;
  const application = service && (await applicationOf(dataPlane, service));
  const program = application
    ? await liveProgram(dataPlane, service.common_name, service.secret_version)
    : null;
  return application && program ? { kind: "program", program, application, token: service } : null;
}

/**
 * Who presents a token that this installation signed (`issuer` is the team domain), and that still
 * holds: its session is live, its application is there and has revoked nothing since. Null for
 * anybody else. Throws when the database does not answer.
 */
export async function bearerOf(
  dataPlane: DataPlane,
  issuer: string,
  presented: Presented,
): Promise<Bearer | null> {
  const tokens = [...readCookies(presented.cookies, COOKIES.authorization), presented.header ?? ""]
    .filter(Boolean)
    .slice(0, MOST_TOKENS);
  if (tokens.length === 0) return null;
  const published = await listSigningKeys(dataPlane);
  const keys = createLocalJWKSet({ keys: published.map(({ publicJwk }) => publicJwk as JWK) });
  for (const token of tokens) {
    const payload = await payloadOf(token, keys, issuer);
    const bearer = payload ? await bearerBy(dataPlane, payload, issuer, presented) : null;
    if (bearer) return bearer;
  }
  return null;
}
