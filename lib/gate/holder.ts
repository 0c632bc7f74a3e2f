import { hashToken, sameText } from "@/lib/kit/secrets";
import { readCookies, readOneCookie } from "@/lib/sessions/cookies";
import { COOKIES, type PersonToken } from "@/lib/sessions/schema";
import { nameOf } from "./host-index";
import type { GateQuestion } from "./question";
import {
  credentialsIn,
  isLiveWith,
  type Program,
  type Proof,
  proofOf,
} from "./service-credentials";
import type { GateSession, Sessions } from "./sessions";
import type { GateApplication, Snapshot } from "./snapshot";
import { type VerifiedToken, type VerifiedTokens, verifiedToken } from "./tokens";

/** Who sends a request, as far as the request proves it. */
export interface Holder {
  person: { session: GateSession; token: string; verified: VerifiedToken } | null;
  program: Program | null;
  /** What the credentials of a service token came to; null where none came. */
  credentials: Proof | null;
}

/** What the gate looks things up in. */
export interface Known {
  tokens: VerifiedTokens;
  sessions: Sessions;
  /** Reads a session from the database; throws when that does not answer. */
  readSession: Parameters<Sessions["find"]>[1];
}

/** A browser may send more cookies of one name; a sender of many is no browser. */
const MOST_TOKENS = 4;

interface Candidate {
  token: string;
  verified: VerifiedToken;
  claims: PersonToken;
  sessionId: string;
}

/** A token that names a host is good nowhere else; at hosts with wildcards, every token has to. */
const isFor = (
  { claims: { aud, epoch, host } }: VerifiedToken,
  { aud: own, tokenEpoch, wildcard }: GateApplication,
  asked: string,
): boolean =>
  aud.length === 1 &&
  aud[0] === own &&
  epoch === tokenEpoch &&
  (host === undefined ? !wildcard : host === nameOf(asked));

function isBound({ binding }: PersonToken, { cookie }: GateQuestion): boolean {
  if (!binding) return true;
  const value = readOneCookie(cookie, COOKIES.binding);
  return value !== null && sameText(hashToken(value), binding);
}

const tokensIn = ({ cookie, header }: GateQuestion): string[] => {
  const tokens = readCookies(cookie, COOKIES.authorization);
  const sent = header("cf-access-token");
  if (sent) tokens.push(sent);
  return tokens.length > MOST_TOKENS ? tokens.slice(0, MOST_TOKENS) : tokens;
};

/** A session that opens this application now: not revoked, by a login method that counts here. */
function opens(
  session: GateSession | null,
  { claims }: Candidate,
  application: GateApplication,
  snapshot: Snapshot,
  sessions: Sessions,
): session is GateSession {
  if (!session || session.userId !== claims.sub || sessions.isRevoked(session)) return false;
  const { allowed_idps: allowed } = application.settings;
  const { loginMethodId: id } = session;
  if (allowed.length > 0 && !allowed.includes(id)) return false;
  return snapshot.loginMethods.get(id)?.enabled ?? false;
}

function personBy(
  candidates: readonly Candidate[],
  isOpen: (session: GateSession | null, candidate: Candidate) => session is GateSession,
  known: Known,
): Holder["person"] | Promise<Holder["person"]> {
  for (const [index, candidate] of candidates.entries()) {
    const { token, verified, sessionId: id } = candidate;
    const session = known.sessions.known(id);
    if (session === undefined) {
      return known.sessions
        .find(id, known.readSession)
        .then((found) =>
          isOpen(found, candidate)
            ? { session: found, token, verified }
            : personBy(candidates.slice(index + 1), isOpen, known),
        );
    }
    if (isOpen(session, candidate)) return { session, token, verified };
  }
  return null;
}

interface Presented {
  candidates: Candidate[];
  program: Program | null;
}

/** The tokens that are for this application, and hold as far as they say themselves. */
function presented(
  question: GateQuestion,
  application: GateApplication,
  snapshot: Snapshot,
  tokens: VerifiedTokens,
  now: number,
): Presented {
  const candidates: Candidate[] = [];
  let program: Program | null = null;
  for (const token of tokensIn(question)) {
    const verified = verifiedToken(tokens, token, snapshot, now);
    if (!verified || !isFor(verified, application, question.host)) continue;
    const { claims, sessionId } = verified;
    if ("identity_nonce" in claims) {
      if (sessionId && isBound(claims, question)) {
        candidates.push({ token, verified, claims, sessionId });
      }
      continue;
    }
    const named = snapshot.serviceTokens.get(claims.common_name);
    const proven = named && { token: named, secretVersion: claims.secret_version };
    if (proven && isLiveWith(proven, now)) program ??= proven;
  }
  return { candidates, program };
}

/**
 * Who asks for an application: the person of its CF_Authorization token (cookie, or the header
 * `cf-access-token`) and the program of a service token's credentials. At once where the session is in
 * memory; else a promise, which rejects when the database does not answer.
 */
export function holderOf(
  question: GateQuestion,
  application: GateApplication,
  snapshot: Snapshot,
  known: Known,
  now: number,
): Holder | Promise<Holder> {
  const sent = credentialsIn(question, application);
  const credentials = sent && proofOf(sent, snapshot, now);
  const { candidates, program } = presented(question, application, snapshot, known.tokens, now);
  const rest = {
    // Credentials that prove nothing are not made good by a token beside them.
    program: credentials ? credentials.program : program,
    credentials,
  };
  if (candidates.length === 0) return { person: null, ...rest };
  const person = personBy(
    candidates,
    (session, candidate): session is GateSession =>
      opens(session, candidate, application, snapshot, known.sessions),
    known,
  );
  return person instanceof Promise
    ? person.then((found) => ({ person: found, ...rest }))
    : { person, ...rest };
}
