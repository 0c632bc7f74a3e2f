import type { NextConfig } from "next";

const LOGIN_METHODS = "/settings/authentication";
const NEW = "/settings/authentication/login-methods/new";

/**
 * Where Cloudflare's documentation, old and new, finds the same pages; and our folders. The query
 * goes along, and browsers keep the part behind #.
 */
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
  "/settings/authentication/login-methods/add": NEW,
  "/settings/authentication/login-methods/add/:type": `${NEW}/:type`,
  "/integrations": LOGIN_METHODS,
  "/integrations/identity-providers": LOGIN_METHODS,
  "/integrations/identity-providers/:add(add|new)": NEW,
  "/integrations/identity-providers/:add(add|new)/:type": `${NEW}/:type`,
  "/integrations/identity-providers/:id": `${LOGIN_METHODS}/login-methods/:id`,
  "/reusable-components": "/settings/custom-pages",
  "/reusable-components/custom-pages": "/settings/custom-pages",
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
