import "server-only";
import { LRUCache } from "lru-cache";
import { signToken } from "@/lib/keys/sign";
import { serviceToken, tokenEnd } from "@/lib/sessions/mint";
import type { Gatekeeper } from "./decide";
import { nameOf } from "./host-index";
import type { Program } from "./service-credentials";
import type { GateApplication, Snapshot } from "./snapshot";

const MOST = 5_000;
/** A program asks often, and each of its tokens is good for more requests than one. */
const LIFETIME_MS = 3_600_000;
/** Tokens are handed on while at least this much of their life is left. */
const LEFT_MS = 600_000;

interface Made {
  token: string | Promise<string>;
  until: number;
  /** Of the snapshot that it was made under: the key that signed may be gone in the next. */
  keys: Snapshot["keys"];
}

/** Tokens by which applications know programs, made once for many requests. */
export function newProgramTokens(now: () => number = Date.now): Gatekeeper["programToken"] {
  const made = new LRUCache<string, Made>({ max: MOST });
  return (
    { token: { clientId }, secretVersion }: Program,
    application: GateApplication,
    { teamDomain, keys }: Snapshot,
    asked: string,
  ) => {
    const { aud, tokenEpoch, wildcard } = application;
    const host = wildcard ? nameOf(asked) : null;
    const key = `${clientId} ${secretVersion} ${aud} ${tokenEpoch} ${teamDomain} ${host}`;
    const known = made.get(key);
    if (known && known.keys === keys && now() < known.until) return known.token;
    const at = now();
    const expiresAt = tokenEnd(at, LIFETIME_MS);
    const claims = serviceToken({
      ...{ application, clientId, secretVersion, host },
      ...{ issuer: teamDomain, now: at, expiresAt },
    });
    const entry: Made = { token: "", until: expiresAt - LEFT_MS, keys };
    const signing = signToken(claims).then(
      (token) => {
        entry.token = token;
        return token;
      },
      (error: unknown) => {
        made.delete(key);
        throw error;
      },
    );
    entry.token = signing;
    made.set(key, entry);
    return signing;
  };
}
