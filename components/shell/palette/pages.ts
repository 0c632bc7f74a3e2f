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
const ACCESS = "Access";

/**
 * Every page, and cards that have an address, by the words of this console and by those of
 * Cloudflare's dashboard, old and new.
 */
export const PAGES: readonly Entry[] = [
  page("Overview", "/", undefined, ["home", "dashboard", "start"]),
  page("Applications", "/access/applications", ACCESS, [
    "apps",
    "access applications",
    "access controls",
    "self-hosted",
    "zero trust applications",
  ]),
  page("Add an application", "/access/applications/new", `${ACCESS} > Applications`, [
    "new application",
    "protect an application",
    "add app",
  ]),
  page("Policies", "/access/policies", ACCESS, [
    "access policies",
    "reusable policies",
    "rules",
    "access controls",
  ]),
  page("Access Groups", "/access/groups", ACCESS, ["rule groups", "groups", "access controls"]),
  page("Service Auth", "/access/service-auth", ACCESS, [
    "service tokens",
    "service credentials",
    "client id",
    "machine access",
  ]),
  page("Users", "/team/users", "My Team", [
    "my team",
    "people",
    "user registry",
    "seats",
    "sessions",
    "revoke",
  ]),
  page("Groups", "/team/groups", "My Team", [
    "directory groups",
    "scim groups",
    "pushed groups",
    "identity provider groups",
  ]),
  page("Access log", "/logs/access", "Logs", [
    "logs",
    "access authentication logs",
    "logins",
    "denials",
    "reference",
    "who was refused",
  ]),
  page("SCIM provisioning", "/logs/scim", "Logs", [
    "scim log",
    "provisioning log",
    "deprovisioning",
    "directory sync",
    "what the provider pushed",
  ]),
  page("Login methods", "/settings/authentication", `${SETTINGS} > Authentication`, [
    "authentication",
    "identity providers",
    "idp",
    "integrations",
    "sso",
    "single sign-on",
    "settings",
  ]),
  page(
    "Global session",
    "/settings/authentication/global-session",
    `${SETTINGS} > Authentication`,
    ["session duration", "access settings", "session timeout", "how long people stay signed in"],
  ),
  page(
    "Signing keys",
    "/settings/authentication/global-session?highlight=signing-keys",
    `${SETTINGS} > Authentication > Global session`,
    ["rotate keys", "jwks", "certificates", "certs", "public key", "key rotation"],
  ),
  page(
    "Country header",
    "/settings/authentication/global-session?highlight=country-header",
    `${SETTINGS} > Authentication > Global session`,
    ["country", "geolocation", "cf-ipcountry"],
  ),
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
  page("Access login page", "/settings/custom-pages/login", `${SETTINGS} > Custom Pages`, [
    "login page",
    "branding",
    "logo",
    "organization name",
    "colours",
    "login design",
  ]),
  page("Page templates", "/settings/custom-pages/templates", `${SETTINGS} > Custom Pages`, [
    "access custom pages",
    "block page",
    "identity failure block page",
    "custom html",
    "denied",
  ]),
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
