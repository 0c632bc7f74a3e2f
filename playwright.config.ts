import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const systemChromium = [
  process.env.PLAYWRIGHT_CHROMIUM,
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/harness/global-setup.ts",
  // Two browsers on two cores; each spec uses names of its own.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? "list" : [["list"], ["html", { open: "never" }]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "UTC",
    // A colour half way between two themes is not what anybody reads.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: "only-on-failure",
    // Recording every step costs a lot of time on two cores: `TRACE=1` when one is wanted.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      ...(systemChromium && { executablePath: systemChromium }),
      // No sandbox: CI runs as root. Nothing may leave this machine, so Chromium's own traffic is off.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "first run", testMatch: /first-run\.spec\.ts/ },
    {
      name: "console",
      testIgnore: [/first-run\.spec\.ts/, /secrets\.spec\.ts/],
      dependencies: ["first run"],
    },
    // Looks for the secrets that every other spec typed, in everything that they left behind.
    { name: "afterwards", testMatch: /secrets\.spec\.ts/, dependencies: ["console"] },
  ],
});
