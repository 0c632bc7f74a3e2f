import type { Theme } from "../theme";

export type Act =
  | { do: "go"; href: string }
  | { do: "open_tab"; href: string }
  | { do: "copy"; text: string; what: string }
  | { do: "theme"; theme: Theme }
  | { do: "shortcuts" }
  | { do: "sign_out" };

export const SECTIONS = ["Recent", "Pages", "Login methods", "Actions"] as const;

export interface Entry {
  /** Stays the same from one opening to the next: recent choices are kept by it. */
  id: string;
  section: (typeof SECTIONS)[number];
  label: string;
  /** Stands behind the label. */
  note?: string;
  /** Other names, old and new, that find it. */
  synonyms: readonly string[];
  act: Act;
  /** Shown only when it is searched for. */
  quiet?: boolean;
}
