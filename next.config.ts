import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "undici"],
  // A server action's arguments can hold a client secret: they never reach a log, in `next dev` either.
  logging: { serverFunctions: false },
};

export default config;
