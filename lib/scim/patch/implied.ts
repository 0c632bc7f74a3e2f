import type { Filter } from "../filter/filter";
import { readOne } from "../input/attribute-value";
import { assertSafeName, type JsonObject } from "../input/safe-json";
import type { Target } from "./operation";

interface Equality {
  name: string;
  value: unknown;
}

/** `type eq "work" and primary eq true` says what a value is; null for filters that only say what it is like. */
function equalitiesOf(filter: Filter): Equality[] | null {
  switch (filter.kind) {
    case "compare": {
      const { name, sub } = filter.path;
      const says =
        filter.operator === "eq" && name !== null && sub === null && filter.value !== null;
      return says ? [{ name, value: filter.value }] : null;
    }
    case "and": {
      const all = filter.operands.map(equalitiesOf);
      return all.every((each) => each !== null) ? all.flat() : null;
    }
    default:
      return null;
  }
}

function partOf({ definition }: Target, name: string) {
  return definition?.subAttributes?.find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/**
 * Labels that a provider files one value of a person under. Entra replaces the part of such a value
 * before it is there, against §3.5.2.3, which has noTarget for every other filter without a match.
 */
function isLabel(target: Target, { name, value }: Equality): boolean {
  const part = partOf(target, name);
  if (part?.name === "primary") return true;
  const types = part?.name === "type" ? part.canonicalValues : undefined;
  return types?.some((type) => type === String(value).toLowerCase()) ?? false;
}

/**
 * The value that an operation is to make when its filter matches none; null when it is to make none.
 */
export function impliedBy(
  filter: Filter,
  op: "add" | "replace",
  target: Target,
): JsonObject | null {
  const equalities = equalitiesOf(filter);
  if (equalities === null) return null;
  const isMade =
    op === "add" || (target.sub !== null && equalities.every((each) => isLabel(target, each)));
  if (!isMade) return null;
  const implied: JsonObject = {};
  for (const { name, value } of equalities) {
    assertSafeName(name);
    const part = partOf(target, name);
    if (target.definition !== null && part === undefined) return null;
    implied[part?.name ?? name] = part === undefined ? value : readOne(part, value);
  }
  return implied;
}
