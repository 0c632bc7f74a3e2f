import { isJsonObject, type JsonObject } from "./parse-json";
import type { ClaimSource } from "./schema";

/** Verified claims. User info is here only when its `sub` was the ID token's. */
export interface ClaimSets {
  idToken: JsonObject;
  userInfo: JsonObject | null;
  /** The whole list of the groups API; null when there is none, or it could not be read. */
  groups?: readonly string[] | null;
}

export interface FoundClaim {
  name: string;
  value: unknown;
  source: ClaimSource;
}

const LONGEST_PATH = 256;
const DEEPEST = 8;

/**
 * All claims: the list of the groups API counts first, then the ID token, then user info. A name may
 * stand here twice, the one that counts first.
 */
export function allClaims({ idToken, userInfo, groups }: ClaimSets): FoundClaim[] {
  const sets: [ClaimSource, JsonObject][] = [
    ["groups_api", groups ? { groups } : {}],
    ["id_token", idToken],
    ["user_info", userInfo ?? {}],
  ];
  return sets.flatMap(([source, claims]) =>
    Object.entries(claims).map(([name, value]) => ({ name, value, source })),
  );
}

/** Each name once, with the claim that counts. */
export const distinctClaims = (claims: readonly FoundClaim[]): FoundClaim[] => {
  const found = new Map<string, FoundClaim>();
  for (const claim of claims) if (!found.has(claim.name)) found.set(claim.name, claim);
  return [...found.values()];
};

interface Index {
  named: Map<string, FoundClaim[]>;
  /** Spellings by their lower case. */
  spelled: Map<string, string[]>;
}
const indexes = new WeakMap<readonly FoundClaim[], Index>();

/** Made once for each list: a token may have ten thousand claims, and be asked for each by name. */
function indexOf(claims: readonly FoundClaim[]): Index {
  const known = indexes.get(claims);
  if (known) return known;
  const index: Index = { named: new Map(), spelled: new Map() };
  const put = <V>(map: Map<string, V[]>, key: string, value: V) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  for (const claim of claims) {
    put(index.named, claim.name, claim);
    put(index.spelled, claim.name.toLowerCase(), claim.name);
  }
  indexes.set(claims, index);
  return index;
}

/** A claim by its exact name. Null and absent are the same: nothing came. */
export const findClaim = (claims: readonly FoundClaim[], name: string): FoundClaim | null =>
  indexOf(claims)
    .named.get(name)
    ?.find(({ value }) => value !== null) ?? null;

/** Whether a claim of this name came, be it empty. */
export const cameAs = (claims: readonly FoundClaim[], name: string): boolean =>
  indexOf(claims).named.has(name);

/** The spelling of a claim that differs from a name in case alone. */
export const otherSpelling = (claims: readonly FoundClaim[], name: string): string | null =>
  indexOf(claims)
    .spelled.get(name.toLowerCase())
    ?.find((one) => one !== name) ?? null;

/** How many values may still be looked at; a search for paths must not hold up the server. */
export interface Work {
  left: number;
}
const UNBOUNDED = Number.POSITIVE_INFINITY;

/** An element by its number, or the same member of every element. */
function inList(
  list: readonly unknown[],
  steps: readonly string[],
  depth: number,
  work: Work,
): unknown {
  const [first = "", ...rest] = steps;
  work.left -= list.length / 8;
  if (/^\d{1,5}$/.test(first)) {
    const element = within(list[Number(first)], rest, depth + 1, work);
    if (element !== undefined) return element;
  }
  const members = list
    .filter(isJsonObject)
    .map((element) => within(element, steps, depth + 1, work))
    .filter((member) => member !== undefined);
  return members.length > 0 ? members.flat() : undefined;
}

/** Follows a path; names may hold dots themselves, so the longest own name is tried first. */
function within(value: unknown, steps: readonly string[], depth: number, work: Work): unknown {
  if (value === undefined || value === null) return undefined;
  if (steps.length === 0) return value;
  // Each name that may begin here is put together anew.
  work.left -= 1 + steps.length ** 2;
  if (depth > DEEPEST || work.left < 0) return undefined;
  if (Array.isArray(value)) return inList(value, steps, depth, work);
  if (!isJsonObject(value)) return undefined;
  for (let length = steps.length; length > 0; length -= 1) {
    const name = steps.slice(0, length).join(".");
    if (!Object.hasOwn(value, name)) continue;
    const found = within(value[name], steps.slice(length), depth + 1, work);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * A claim by its exact name (`https://x/groups`, `cognito:groups`, `a.b`), else by a path into a
 * nested one (`realm_access.roles`, `https://x/app.roles`): a number picks an element of a list
 * (`orgs.0.name`), a name goes through all of them (`orgs.name`). Of several readings, the one with
 * the longest first name counts. Own members only; at most 8 levels and 256 characters. Null when
 * nothing came, or `work` is used up; the result bears the name or path that was asked for.
 */
export function resolveClaim(
  claims: readonly FoundClaim[],
  nameOrPath: string,
  work: Work = { left: UNBOUNDED },
): FoundClaim | null {
  const exact = findClaim(claims, nameOrPath);
  if (exact || nameOrPath.length > LONGEST_PATH) return exact;
  const steps = nameOrPath.split(".");
  for (let length = steps.length - 1; length > 0; length -= 1) {
    const root = steps.slice(0, length).join(".");
    for (const { value, source } of indexOf(claims).named.get(root) ?? []) {
      const found = within(value, steps.slice(length), 1, work);
      if (found !== undefined) return { name: nameOrPath, value: found, source };
    }
  }
  return null;
}
