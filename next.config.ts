import type { NextConfig } from "next";

const LOGIN_METHODS = "/settings/authentication";
const NEW = "/settings/authentication/login-methods/new";

/**
 * Where Cloudflare's documentation, old and new, finds the same pages; and our folders. The query
 * goes along, and browsers keep the part behind #.
 */
const APPLICATIONS = "/access/applications";
const MOVED: Record<string, string> = {
  "/overview": "/",
  "/home": "/",
  "/logs": "/logs/admin",
  "/logs/audit": "/logs/admin",
  "/insights": "/logs/admin",
  "/insights/logs": "/logs/admin",
  "/insights/logs/admin": "/logs/admin",
  "/settings": LOGIN_METHODS,
  "/settings/authentication/identity-providers": LOGIN_METHODS,
  "/settings/authentication/identity-providers/:add(add|new)": NEW,
  "/settings/authentication/identity-providers/:add(add|new)/:type": `${NEW}/:type`,
  "/settings/authentication/identity-providers/:id": `${LOGIN_METHODS}/login-methods/:id`,
  "/settings/authentication/login-methods": LOGIN_METHODS,
  "/settings/authentication/login-methods/:id/scim": `${LOGIN_METHODS}/login-methods/:id?field=scim`,
  "/settings/authentication/login-methods/add": NEW,
  "/settings/authentication/login-methods/add/:type": `${NEW}/:type`,
  "/integrations": LOGIN_METHODS,
  "/integrations/identity-providers": LOGIN_METHODS,
  "/integrations/identity-providers/:add(add|new)": NEW,
  "/integrations/identity-providers/:add(add|new)/:type": `${NEW}/:type`,
  "/integrations/identity-providers/:id": `${LOGIN_METHODS}/login-methods/:id`,
  "/reusable-components": "/settings/custom-pages",
  "/reusable-components/custom-pages": "/settings/custom-pages",
  "/reusable-components/custom-pages/login": "/settings/custom-pages/login",
  "/reusable-components/custom-pages/templates": "/settings/custom-pages/templates",
  "/reusable-components/custom-pages/:page+": "/settings/custom-pages",
  "/settings/global-session": "/settings/authentication/global-session",
  "/access-controls/access-settings": "/settings/authentication/global-session",
  "/access": APPLICATIONS,
  "/access-controls": APPLICATIONS,
  "/access-controls/apps": APPLICATIONS,
  "/access-controls/applications": APPLICATIONS,
  "/access-controls/apps/:page+": `${APPLICATIONS}/:page+`,
  "/access/apps": APPLICATIONS,
  "/access/applications/new/self-hosted": `${APPLICATIONS}/new`,
  "/access-controls/policies": "/access/policies",
  "/access/access-groups": "/access/groups",
  "/access/rule-groups": "/access/groups",
  "/access-controls/groups": "/access/groups",
  "/access-controls/rule-groups": "/access/groups",
  "/access-controls/service-credentials": "/access/service-auth",
  "/access/service-tokens": "/access/service-auth",
  "/my-team": "/team/users",
  "/my-team/users": "/team/users",
  "/team": "/team/users",
  "/team-resources/users": "/team/users",
  "/my-team/groups": "/team/groups",
  "/team-resources/groups": "/team/groups",
  "/insights/logs/access": "/logs/access",
  "/insights/logs/scim": "/logs/scim",
  "/insights/logs/scim-provisioning": "/logs/scim",
  "/logs/scim-provisioning": "/logs/scim",
  "/settings/team-name": "/settings/custom-pages?highlight=team-name",
  "/settings/team-name-and-domain": "/settings/custom-pages?highlight=team-name",
  "/settings/team-domain": "/settings/custom-pages?highlight=team-domain",
  "/settings/admin-controls": "/settings/account",
};

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "undici"],
  // `forbidden()`: a page that a role does not reach answers 403.
  experimental: { authInterrupts: true },
  // `/cdn-cgi/access/callback/` is answered by a page that explains the slash, not by a redirect.
  skipTrailingSlashRedirect: true,
  // Browsers ask for it where a page was not read far enough to name its own.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  redirects: async () =>
    Object.entries(MOVED).map(([source, destination]) => ({
      source,
      destination,
      permanent: true,
    })),
  // `next dev` would log a server action's arguments (client secrets) and whole URLs (codes, tickets).
  logging: { serverFunctions: false, incomingRequests: { ignore: [/^\/cdn-cgi\//] } },
};

export default config;
