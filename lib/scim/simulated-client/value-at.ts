const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/**
 * What stands at a place of a JSON value, such as `Resources[0].name.familyName`; undefined where
 * there is no such place. A name that holds dots is quoted: `["urn:…:2.0:User"].department`.
 */
export function valueAt(json: unknown, place: string): unknown {
  let value = json;
  for (const [, quoted, index, name] of place.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (!isObject(value)) return undefined;
    value = value[quoted ?? index ?? name ?? ""];
  }
  return value;
}
