import { RULE_SETS, type RuleSets } from "./schema";

type Sets = { readonly [S in keyof RuleSets]?: unknown };

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Ids of the rule groups that a policy or a rule group names itself. */
export function groupsNamedBy(sets: Sets): string[] {
  return RULE_SETS.flatMap((set) =>
    listOf(sets[set]).flatMap((rule) => {
      const id = (rule as { group?: { id?: unknown } } | null)?.group?.id;
      return typeof id === "string" ? [id.toLowerCase()] : [];
    }),
  );
}

/** All rule groups behind those that `sets` names, in layers: their number is how deep they stand. */
export function layersBelow(sets: Sets, groups: ReadonlyMap<string, Sets>): string[][] {
  const layers: string[][] = [];
  const seen = new Set<string>();
  let layer = new Set(groupsNamedBy(sets));
  while (layer.size > 0) {
    layers.push([...layer]);
    const next = new Set<string>();
    for (const id of layer) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const inner of groupsNamedBy(groups.get(id) ?? {})) next.add(inner);
    }
    layer = next;
  }
  return layers;
}

/** Whether a rule group contains itself, be it through others. */
export const isCyclic = (id: string, groups: ReadonlyMap<string, Sets>): boolean =>
  layersBelow(groups.get(id) ?? {}, groups).some((layer) => layer.includes(id));
