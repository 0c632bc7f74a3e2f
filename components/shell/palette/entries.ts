import { CREATE } from "../shortcuts/keys";
import { THEME_LABELS, THEMES } from "../theme";
import type { Entry } from "./entry";
import type { PaletteLibrary } from "./library";
import { PAGES } from "./pages";

const METHODS = "/settings/authentication/login-methods";

type Method = PaletteLibrary["loginMethods"][number];

const method = ({ id, name, type }: Method): Entry => ({
  id: `method:${id}`,
  section: "Login methods",
  label: name,
  note: type,
  synonyms: ["login method", "identity provider", "edit"],
  act: { do: "go", href: `${METHODS}/${id}` },
});

const results = ({ id, name }: Method): Entry => ({
  id: `results:${id}`,
  section: "Login methods",
  label: `Test results of ${name}`,
  synonyms: ["tests", "history", "runs"],
  act: { do: "go", href: `${METHODS}/${id}/tests` },
  quiet: true,
});

const test = ({ id, name }: Method): Entry => ({
  id: `test:${id}`,
  section: "Actions",
  label: `Test ${name}`,
  note: "Opens a new tab",
  synonyms: ["try", "check", "connection"],
  act: { do: "open_tab", href: `${METHODS}/${id}/tests/new` },
});

const add = ({ kind, label, keywords }: PaletteLibrary["connectors"][number]): Entry => ({
  id: `add:${kind}`,
  section: "Actions",
  label: `Add ${label}`,
  synonyms: [...keywords, "new login method", "new identity provider"],
  act: { do: "go", href: `${METHODS}/new/${kind}` },
  quiet: true,
});

const ADD_NEW: Entry = {
  id: "add",
  section: "Actions",
  label: "Add new login method",
  synonyms: ["add new identity provider", "create", "connect"],
  act: { do: "go", href: CREATE },
};

const copyCallback = (url: string): Entry => ({
  id: "copy:callback",
  section: "Actions",
  label: "Copy callback URL",
  synonyms: ["redirect uri", "redirect url", "authorized redirect"],
  act: { do: "copy", text: url, what: "Callback URL" },
});

const themes = (): Entry[] =>
  THEMES.map((theme) => ({
    id: `theme:${theme}`,
    section: "Actions",
    label: `Switch theme to ${THEME_LABELS[theme]}`,
    synonyms: ["appearance", "colors", "colours", "mode"],
    act: { do: "theme", theme },
    quiet: true,
  }));

const SHORTCUTS: Entry = {
  id: "shortcuts",
  section: "Actions",
  label: "Show keyboard shortcuts",
  synonyms: ["keys", "hotkeys", "help"],
  act: { do: "shortcuts" },
};

const SIGN_OUT: Entry = {
  id: "sign-out",
  section: "Actions",
  label: "Sign out",
  synonyms: ["log out", "logout", "leave"],
  act: { do: "sign_out" },
};

/** Everything that can be found by this admin. `library` is null until the server has answered. */
export function entriesOf(library: PaletteLibrary | null, mayChange: boolean): Entry[] {
  const { loginMethods = [], connectors = [], callbackUrl = null } = library ?? {};
  return [
    ...(mayChange ? PAGES : PAGES.filter(({ label }) => !label.startsWith("Add "))),
    ...loginMethods.flatMap((one) => [method(one), results(one)]),
    ...(mayChange ? [ADD_NEW] : []),
    ...(mayChange ? loginMethods.filter(({ testable }) => testable).map(test) : []),
    ...(callbackUrl ? [copyCallback(callbackUrl)] : []),
    ...connectors.map(add),
    ...themes(),
    SHORTCUTS,
    SIGN_OUT,
  ];
}
