import type { PersonIdentity } from "@/lib/users/schema";
import { nonceOf, type OrgToken, type PersonToken, type ServiceTokenClaims } from "./schema";

/** Browsers drop cookies of more than 4,096 bytes with their name and attributes. */
export const MAX_TOKEN_BYTES = 3_800;
/** What "0s" leaves for getting through the gate once; such a token is never renewed. */
export const SHORTEST_TOKEN_MS = 60_000;
/** Header with its 64 digits of `kid`, two dots, and the signature of a 2048-bit key, in base64url. */
const AROUND = Math.ceil((Buffer.byteLength(header("0".repeat(64))) * 4) / 3) + 2 + 342;

function header(kid: string): string {
  return JSON.stringify({ alg: "RS256", kid, typ: "JWT" });
}

/** Bytes of the signed token that these claims make. */
export const tokenBytes = (claims: object): number =>
  AROUND + Math.ceil((Buffer.byteLength(JSON.stringify(claims)) * 4) / 3);

/**
 * The custom claims that fit beside the others, under their saved names: dropped from the end of the
 * list until the token is small enough (reference: cloudflare-access §4.3). Null when none are left.
 */
function fittingClaims(
  token: object,
  claims: PersonIdentity["claims"],
): Record<string, unknown> | null {
  let fitting: Record<string, unknown> | null = null;
  for (let kept = 1; kept <= claims.length; kept += 1) {
    const entries = claims.slice(0, kept).map(({ name, value }) => [name, value] as const);
    const custom = Object.fromEntries(entries);
    if (tokenBytes({ ...token, custom }) > MAX_TOKEN_BYTES) break;
    fitting = custom;
  }
  return fitting;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

interface Issued {
  /** Origin of the team domain. */
  issuer: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Until when it is good, in milliseconds since 1970. */
  expiresAt: number;
}

/** `exp` is never before the second after `iat`, which the shape of tokens asks for. */
const dates = ({ now, expiresAt }: Issued) => {
  const iat = seconds(now);
  return { iat, exp: Math.max(seconds(expiresAt), iat + 1) };
};

/** When a token that is made now for this duration (milliseconds) ends, in milliseconds since 1970. */
export const tokenEnd = (now: number, duration: number): number =>
  now + Math.max(duration, SHORTEST_TOKEN_MS);

export interface PersonTokenInput extends Issued {
  application: { aud: string; tokenEpoch: number };
  userId: string;
  sessionId: string;
  email: string;
  country: string | null;
  policyId: string | null;
  claims: PersonIdentity["claims"];
  /** SHA-256 (base64url) of the CF_Binding cookie, where the application wants one. */
  binding?: string | null;
  /** That it is good at, where the application has hosts with wildcards; else null. */
  host: string | null;
}

/** Claims of a person's token for one application; `signToken` of lib/keys makes the token. */
export function personToken(input: PersonTokenInput): PersonToken {
  const { application, country, policyId, binding, host } = input;
  const { iat, exp } = dates(input);
  const token: PersonToken = {
    aud: [application.aud],
    email: input.email,
    exp,
    iat,
    nbf: iat,
    iss: input.issuer,
    type: "app",
    identity_nonce: nonceOf(input.sessionId),
    sub: input.userId,
    ...(country && { country }),
    ...(policyId && { policy_id: policyId }),
    epoch: application.tokenEpoch,
    ...(binding && { binding }),
    ...(host && { host }),
  };
  const custom = fittingClaims(token, input.claims);
  return custom ? { ...token, custom } : token;
}

/** Claims of the global token on the team domain. */
export function orgToken(
  input: Issued & { userId: string; sessionId: string; email: string; country: string | null },
): OrgToken {
  const { iat, exp } = dates(input);
  return {
    aud: [input.issuer],
    email: input.email,
    exp,
    iat,
    nbf: iat,
    iss: input.issuer,
    type: "org",
    identity_nonce: nonceOf(input.sessionId),
    sub: input.userId,
    ...(input.country && { country: input.country }),
  };
}

/** Claims of a program's token for one application. */
export function serviceToken(
  input: Issued & {
    application: { aud: string; tokenEpoch: number };
    clientId: string;
    /** Of the secret that the program proved. */
    secretVersion: number;
    host: string | null;
  },
): ServiceTokenClaims {
  const { application, clientId, secretVersion, host, issuer } = input;
  return {
    type: "app",
    aud: [application.aud],
    ...dates(input),
    iss: issuer,
    common_name: clientId,
    sub: "",
    epoch: application.tokenEpoch,
    secret_version: secretVersion,
    ...(host && { host }),
  };
}
