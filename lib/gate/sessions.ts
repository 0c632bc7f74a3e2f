import { LRUCache } from "lru-cache";
import type { PolicyContext } from "@/lib/policies/context";
import { identitySchema, type PersonIdentity } from "@/lib/users/schema";
import type { SessionRow } from "./store";

/** A session as the gate asks about it. Never changed, only replaced. */
export interface GateSession {
  id: string;
  userId: string;
  loginMethodId: string;
  person: PersonIdentity;
  /** Where the login came from. */
  ip: string | null;
  country: string | null;
  /** Milliseconds since 1970, by the database's clock. */
  createdAt: number;
  expiresAt: number;
  tokensExpireAt: number;
  /** Answers of external evaluations by URL, by application. */
  external: ReadonlyMap<string, PolicyContext["external"]>;
}

interface Revocation {
  kind: "session" | "user";
  id: string;
  at: Date;
}

/** Sessions in memory, and what was revoked. Shared by the bundles of a process: no instanceof. */
export interface Sessions {
  /** Undefined when it is not in memory; null when there is no such session any more. */
  known(id: string): GateSession | null | undefined;
  /** Reads it, once for everybody who asks meanwhile. Throws what `read` throws. */
  find(id: string, read: (id: string) => Promise<SessionRow | null>): Promise<GateSession | null>;
  /** Looked up at every request, after everything that is cached. */
  isRevoked(session: GateSession): boolean;
  drop(id: string): void;
  dropAll(): void;
  /** `at`: milliseconds since 1970; of a user, the sessions that were made until then are over. */
  revoke(kind: Revocation["kind"], id: string, at: number): void;
  /** All revocations that count, as just read; those of before that are not among them are forgotten. */
  learn(rows: readonly Revocation[]): void;
}

const MOST_SESSIONS = 50_000;
/** That there is no session may stop being true only for those that are made right now. */
const ABSENT_MS = 5_000;
const ABSENT = "absent";
/** What was heard a moment ago may be younger than what is read. */
const HEARD_MS = 60_000;

interface Ended {
  at: number;
  heard: number;
}

const sessionOf = (row: SessionRow): GateSession => ({
  id: row.id,
  userId: row.userId,
  loginMethodId: row.loginMethodId,
  person: identitySchema.parse(row.identity),
  ip: row.ip,
  country: row.country,
  createdAt: row.createdAt.getTime(),
  expiresAt: row.expiresAt.getTime(),
  tokensExpireAt: row.tokensExpireAt.getTime(),
  external: new Map(row.answers.map(({ applicationId, external }) => [applicationId, external])),
});

export function newSessions(): Sessions {
  const cache = new LRUCache<string, GateSession | typeof ABSENT>({ max: MOST_SESSIONS });
  const pending = new Map<string, Promise<GateSession | null>>();
  const ended = { session: new Map<string, Ended>(), user: new Map<string, Ended>() };

  function keep(id: string, session: GateSession | null): void {
    if (session) cache.set(id, session);
    else cache.set(id, ABSENT, { ttl: ABSENT_MS });
  }

  function revoke(kind: Revocation["kind"], id: string, at: number): void {
    const before = ended[kind].get(id)?.at ?? 0;
    ended[kind].set(id, { at: Math.max(at, before), heard: performance.now() });
  }

  return {
    known(id) {
      const found = cache.get(id);
      return found === ABSENT ? null : found;
    },
    find(id, read) {
      const asked = pending.get(id);
      if (asked) return asked;
      const answer = read(id).then((row) => {
        const session = row && sessionOf(row);
        // Dropped meanwhile: what was read may be from before the change, so nobody else gets it.
        if (pending.get(id) === answer) keep(id, session);
        return session;
      });
      pending.set(id, answer);
      const done = () => {
        if (pending.get(id) === answer) pending.delete(id);
      };
      answer.then(done, done);
      return answer;
    },
    isRevoked: ({ id, userId, createdAt }) =>
      ended.session.has(id) ||
      createdAt <= (ended.user.get(userId)?.at ?? Number.NEGATIVE_INFINITY),
    drop(id) {
      cache.delete(id);
      pending.delete(id);
    },
    dropAll() {
      cache.clear();
      pending.clear();
    },
    revoke,
    learn(rows) {
      const old = performance.now() - HEARD_MS;
      for (const map of Object.values(ended)) {
        for (const [id, { heard }] of map) if (heard < old) map.delete(id);
      }
      for (const { kind, id, at } of rows) revoke(kind, id, Math.ceil(at.getTime()));
    },
  };
}
