const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The part of a JSON value that has a text in it: members by name or value, elements by value; what
 * leads there stays around it. Undefined when nothing has it. Upper and lower case are the same.
 */
export function filterJson(value: unknown, text: string): unknown {
  const wanted = text.toLowerCase();
  const has = (word: string): boolean => word.toLowerCase().includes(wanted);
  const part = (item: unknown): unknown => {
    if (Array.isArray(item)) {
      const found = item.map(part).filter((inner) => inner !== undefined);
      return found.length > 0 ? found : undefined;
    }
    if (isObject(item)) {
      const found = Object.entries(item).flatMap(([name, member]) => {
        const inner = has(name) ? member : part(member);
        return inner === undefined ? [] : [[name, inner] as const];
      });
      return found.length > 0 ? Object.fromEntries(found) : undefined;
    }
    return has(String(item)) ? item : undefined;
  };
  return wanted === "" ? value : part(value);
}
