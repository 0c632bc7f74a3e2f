import type { Entry } from "./entry";

const page = (
  label: string,
  href: string,
  note: string | undefined,
  synonyms: readonly string[],
): Entry => ({
  id: `page:${href}`,
  section: "Pages",
  label,
  ...(note && { note }),
  synonyms,
  act: { do: "go", href },
});

const SETTINGS = "Settings";

/**
 * Every page, and cards that have an address, by the words of this console and by those of
 * Cloudflare's dashboard, old and new.
 */
export const PAGES: readonly Entry[] = [
  page("Overview", "/", undefined, ["home", "dashboard", "start"]),
  page("Login methods", "/settings/authentication", `${SETTINGS} > Authentication`, [
    "authentication",
    "identity providers",
    "idp",
    "integrations",
    "sso",
    "single sign-on",
    "settings",
  ]),
  page("Custom Pages", "/settings/custom-pages", SETTINGS, [
    "reusable components",
    "custom pages",
    "team name and domain",
  ]),
  page("Team name", "/settings/custom-pages?highlight=team-name", `${SETTINGS} > Custom Pages`, [
    "team name and domain",
    "organization name",
    "account name",
    "rename team",
  ]),
  page(
    "Team domain",
    "/settings/custom-pages?highlight=team-domain",
    `${SETTINGS} > Custom Pages`,
    ["team name and domain", "auth domain", "sign-in address", "redirect url", "callback url"],
  ),
  page("Account", "/settings/account", SETTINGS, [
    "admins",
    "admin controls",
    "administrators",
    "members",
    "roles",
    "invitations",
    "invite an admin",
    "read-only",
  ]),
  page("System", "/settings/system", SETTINGS, [
    "health",
    "version",
    "database",
    "practice providers",
    "self-check",
  ]),
  page("Private networks", "/settings/system?highlight=private-networks", `${SETTINGS} > System`, [
    "allowed addresses",
    "outbound",
    "ssrf",
    "private ip",
    "internal provider",
  ]),
  page("Admin log", "/logs/admin", "Logs > Admin", [
    "audit logs",
    "admin activity logs",
    "insights",
    "changes",
    "history",
  ]),
  page("Profile", "/profile", undefined, ["my account", "change password", "name", "sessions"]),
];
