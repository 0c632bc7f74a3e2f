import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "undici"],
  // `/cdn-cgi/access/callback/` is answered by a page that explains the slash, not by a redirect.
  skipTrailingSlashRedirect: true,
  // `next dev` would log a server action's arguments (client secrets) and whole URLs (codes, tickets).
  logging: { serverFunctions: false, incomingRequests: { ignore: [/^\/cdn-cgi\//] } },
};

export default config;
