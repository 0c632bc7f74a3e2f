const KEY = "gatehouse-palette-recent";
const MOST = 4;

const isText = (value: unknown): value is string => typeof value === "string";

/** Ids of what was chosen last, newest first. A browser may refuse storage: then there are none. */
export function recentIds(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isText).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberChoice(id: string): void {
  try {
    const ids = [id, ...recentIds().filter((one) => one !== id)].slice(0, MOST);
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Private windows: nothing is remembered.
  }
}
