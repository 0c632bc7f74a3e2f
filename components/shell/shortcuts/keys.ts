export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

export interface Situation {
  /** The focus is where keys write text. */
  typing: boolean;
  /** A dialog or a menu is open, and has the keys. */
  modal: boolean;
  /** Single keys may be switched off (WCAG 2.1.4). */
  singleKeys: boolean;
  /** `g` was pressed a moment ago. */
  afterG: boolean;
  mayChange: boolean;
}

export type Command = "palette" | "search" | "sheet" | "prefix" | { go: string };

export const CREATE = "/settings/authentication/login-methods/new";

/** Second keys after `g`. */
export const PLACES: readonly { key: string; label: string; href: string }[] = [
  { key: "o", label: "Overview", href: "/" },
  { key: "a", label: "Applications", href: "/access/applications" },
  { key: "p", label: "Policies", href: "/access/policies" },
  { key: "g", label: "Access Groups", href: "/access/groups" },
  { key: "t", label: "Service Auth", href: "/access/service-auth" },
  { key: "u", label: "Users", href: "/team/users" },
  { key: "d", label: "Groups of My Team", href: "/team/groups" },
  { key: "r", label: "Access log", href: "/logs/access" },
  { key: "v", label: "SCIM provisioning", href: "/logs/scim" },
  { key: "i", label: "Admin log", href: "/logs/admin" },
  { key: "l", label: "Login methods", href: "/settings/authentication" },
  { key: "c", label: "Custom Pages", href: "/settings/custom-pages" },
  { key: "m", label: "Account", href: "/settings/account" },
  { key: "s", label: "System", href: "/settings/system" },
  { key: "f", label: "Profile", href: "/profile" },
];

const SINGLE: ReadonlyMap<string, Command> = new Map([
  ["/", "search"],
  ["?", "sheet"],
  ["g", "prefix"],
]);

/** What a key asks for, or null when it is not ours. Pure, so that every rule of it can be tested. */
export function commandOf(press: KeyPress, now: Situation): Command | null {
  if (press.isComposing || now.modal || press.altKey) return null;
  const key = press.key.toLowerCase();
  if (press.ctrlKey || press.metaKey) return key === "k" ? "palette" : null;
  if (now.typing || !now.singleKeys) return null;
  if (now.afterG) {
    const place = PLACES.find((one) => one.key === key);
    return place ? { go: place.href } : null;
  }
  if (key === "c" && now.mayChange) return { go: CREATE };
  return SINGLE.get(key) ?? null;
}
