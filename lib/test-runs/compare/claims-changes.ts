import { claimType } from "@/lib/oidc/claim-values";
import type { TestRun } from "../schema";

export interface ClaimsChanges {
  /** Whether the same person signed in: otherwise other values mean nothing. */
  samePerson: boolean;
  added: string[];
  removed: string[];
  /** Claims whose value is another one; for another person only those of another type. */
  changed: { name: string; before: string; after: string }[];
}

/** Differ at every sign-in. */
const FLEETING = new Set(
  "exp iat nbf nonce at_hash c_hash s_hash jti auth_time sid session_state rat".split(" "),
);

/** All claims of a run by name, or null for one that brought none. */
export function claimsOf(run: TestRun): Record<string, unknown> | null {
  if (!("claims" in run) || !run.claims) return null;
  const { userInfo, idTokenPayload } = run.claims;
  if (!userInfo && !idTokenPayload) return null;
  const groups = "identity" in run ? run.identity?.groups : null;
  return {
    ...userInfo,
    ...idTokenPayload,
    ...(groups?.source === "groups_api" && { groups: groups.value }),
  };
}

/** Members of a list may come in any order. */
const comparable = (value: unknown): string =>
  JSON.stringify(
    Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value,
  );

const typeInWords = (value: unknown): string =>
  Array.isArray(value) ? `list of ${value.length}` : claimType(value);

/** What differs between the claims of two runs, by name; never a value. */
export function claimsChanges(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): ClaimsChanges {
  const samePerson = before.sub === after.sub;
  const names = (claims: Record<string, unknown>) =>
    Object.keys(claims).filter((name) => !FLEETING.has(name));
  const differs = (name: string): boolean => {
    const [a, b] = [before[name], after[name]];
    return samePerson ? comparable(a) !== comparable(b) : claimType(a) !== claimType(b);
  };
  return {
    samePerson,
    added: names(after).filter((name) => !Object.hasOwn(before, name)),
    removed: names(before).filter((name) => !Object.hasOwn(after, name)),
    changed: names(after)
      .filter((name) => Object.hasOwn(before, name) && differs(name))
      .map((name) => ({
        name,
        before: typeInWords(before[name]),
        after: typeInWords(after[name]),
      })),
  };
}
