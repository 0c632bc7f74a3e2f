import { type FoundClaim, resolveClaim } from "./claim-lookup";
import { isJsonObject } from "./parse-json";

const DEEPEST = 8;
const LONGEST_PATH = 200;
/** Elements of a list that are looked at for the names of their members. */
const MOST_ELEMENTS = 20;
const MOST_STEPS = 2000;

/** What can be saved as a custom claim: `claimList` of the connectors has the same rule. */
const isPickable = (path: string): boolean =>
  path.length <= LONGEST_PATH && !/[\s\p{C}]/u.test(path) && !path.endsWith("__proto__");

/** Names of the members of an object, or of the objects in a list, each once. */
function memberNames(value: unknown): string[] {
  const objects = Array.isArray(value) ? value.slice(0, MOST_ELEMENTS) : [value];
  return [...new Set(objects.filter(isJsonObject).flatMap((one) => Object.keys(one)))];
}

function* below(root: FoundClaim, budget: { left: number }, depth = 1): Generator<FoundClaim> {
  for (const name of depth > DEEPEST ? [] : memberNames(root.value)) {
    budget.left -= 1;
    if (budget.left < 0) return;
    const path = `${root.name}.${name}`;
    const found = resolveClaim([root], path);
    // A name with a dot may read as a path to something else; only what leads back is offered.
    if (!found || !isPickable(path)) continue;
    const nested = memberNames(found.value);
    if (nested.length === 0) yield found;
    else for (const one of below({ ...found, name: path }, budget, depth + 1)) yield one;
  }
}

/**
 * The texts, numbers, truth values and lists inside a claim, each with the path by which
 * `resolveClaim` finds it again among `claims`. At most `most`.
 */
export function pathsInto(
  claims: readonly FoundClaim[],
  root: FoundClaim,
  most: number,
): FoundClaim[] {
  const paths: FoundClaim[] = [];
  for (const { name, value } of below(root, { left: MOST_STEPS })) {
    if (paths.length >= most) break;
    const again = resolveClaim(claims, name);
    if (again && JSON.stringify(again.value) === JSON.stringify(value)) paths.push(again);
  }
  return paths;
}
