import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const exclude = [...configDefaults.exclude, "e2e/**", ".next*/**", "dist/**"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The real one throws outside React's server condition.
      { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    // By itself vitest leaves one core to its user; tests wait for sockets more than they compute.
    maxWorkers: Math.max(2, availableParallelism()),
    env: {
      GATEHOUSE_SECRET: "only-for-the-tests-0123456789abcdef",
      LOG_LEVEL: "silent",
      // Whatever proxy this machine has, the tests call their own servers.
      HTTPS_PROXY: "",
      HTTP_PROXY: "",
      https_proxy: "",
      http_proxy: "",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // No file there keeps anything for itself: one loads what the next needs, at half the work.
          isolate: false,
          // Some try a thousand random inputs, and machines are busy.
          testTimeout: 30_000,
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.int.test.{ts,tsx}"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.{ts,tsx}"],
          exclude,
          globalSetup: "db/testing-setup.ts",
          // Generous: a database is made and killed here, and machines are busy.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
