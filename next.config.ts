import type { NextConfig } from "next";

const LOGIN_METHODS = "/settings/authentication";

/** Where Cloudflare's documentation, old and new, finds the same pages; and our folders. */
const MOVED: Record<string, string> = {
  "/overview": "/",
  "/logs": "/logs/admin",
  "/logs/audit": "/logs/admin",
  "/settings": LOGIN_METHODS,
  "/settings/authentication/identity-providers": LOGIN_METHODS,
  "/settings/authentication/login-methods": LOGIN_METHODS,
  "/integrations/identity-providers": LOGIN_METHODS,
  "/integrations/identity-providers/add": "/settings/authentication/login-methods/new",
  "/reusable-components/custom-pages": "/settings/custom-pages",
  "/settings/team-name": "/settings/custom-pages?highlight=team-name",
  "/settings/admin-controls": "/settings/account",
};

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "undici"],
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
