import { distinctClaims, type FoundClaim, resolveClaim, type Work } from "./claim-lookup";
import { isJsonObject } from "./parse-json";

const DEEPEST = 8;
const LONGEST_PATH = 200;
/** Elements of a list that are looked at for the names of their members. */
const MOST_ELEMENTS = 20;
/** Of all claims of one person together: milliseconds, and far above what people have. */
const MOST_WORK = 60_000;
const MOST_PATHS = 200;

/** What can be saved as a custom claim: `claimList` of the connectors has the same rule. */
const isPickable = (path: string): boolean =>
  path.length <= LONGEST_PATH && !/[\s\p{C}]/u.test(path) && !path.endsWith("__proto__");

/** Names of the members of an object, or of the objects in a list, each once. */
function memberNames(value: unknown): string[] {
  const objects = Array.isArray(value) ? value.slice(0, MOST_ELEMENTS) : [value];
  return [...new Set(objects.filter(isJsonObject).flatMap((one) => Object.keys(one)))];
}

function* below(root: FoundClaim, work: Work, depth = 1): Generator<FoundClaim> {
  for (const name of depth > DEEPEST ? [] : memberNames(root.value)) {
    work.left -= 10;
    if (work.left < 0) return;
    const path = `${root.name}.${name}`;
    const found = resolveClaim([root], path, work);
    // A name with a dot may read as a path to something else; only what leads back is offered.
    if (!found || !isPickable(path)) continue;
    const nested = memberNames(found.value);
    if (nested.length === 0) yield found;
    else for (const one of below({ ...found, name: path }, work, depth + 1)) yield one;
  }
}

function findPaths(claims: readonly FoundClaim[], root: FoundClaim, work: Work): FoundClaim[] {
  const paths: FoundClaim[] = [];
  for (const { name, value } of below(root, work)) {
    if (paths.length >= MOST_PATHS) break;
    const again = resolveClaim(claims, name, work);
    if (again && JSON.stringify(again.value) === JSON.stringify(value)) paths.push(again);
  }
  return paths;
}

interface Found {
  work: Work;
  paths: Map<FoundClaim, FoundClaim[]>;
  /** Of all claims, with their paths in lower case. */
  all?: { lower: string; path: string }[];
}
const known = new WeakMap<readonly FoundClaim[], Found>();

function foundIn(claims: readonly FoundClaim[]): Found {
  const found = known.get(claims) ?? { work: { left: MOST_WORK }, paths: new Map() };
  known.set(claims, found);
  return found;
}

/**
 * The texts, numbers, truth values and lists inside a claim, each with the path by which
 * `resolveClaim` finds it again among `claims`. At most `most`, and 200. They are worked out once for
 * each claim, and for all claims of one list within a bound.
 */
export function pathsInto(
  claims: readonly FoundClaim[],
  root: FoundClaim,
  most: number,
): FoundClaim[] {
  const found = foundIn(claims);
  const paths = found.paths.get(root) ?? findPaths(claims, root, found.work);
  found.paths.set(root, paths);
  return paths.slice(0, most);
}

/** Where a name, in whatever case, stands inside a claim of another name; null where it does not. */
export function pathTo(claims: readonly FoundClaim[], name: string): string | null {
  const found = foundIn(claims);
  found.all ??= distinctClaims(claims)
    .flatMap((root) => pathsInto(claims, root, MOST_PATHS))
    .map(({ name: path }) => ({ lower: path.toLowerCase(), path }));
  const ending = `.${name.toLowerCase()}`;
  return found.all.find(({ lower }) => lower.endsWith(ending))?.path ?? null;
}
