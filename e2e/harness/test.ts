import { existsSync } from "node:fs";
import { type BrowserContext, test as base, expect } from "@playwright/test";
import { plant } from "./planted";
import { stage } from "./stage";
import { type Watch, watchContext } from "./watch";

export { expect };

interface Fixtures {
  /** Whether the context starts signed in as the owner. */
  signedIn: boolean;
  watch: Watch;
  /** A secret to type; the last project looks for it everywhere. */
  plantSecret: (label: string) => string;
  /** Another browser, signed out; watched like the first. */
  otherBrowser: () => Promise<BrowserContext>;
}

function watched(context: BrowserContext): Watch {
  const { url, practice } = stage();
  const providers = practice.map(({ hostPort }) => `http://${hostPort}`);
  return watchContext(context, [url], providers);
}

export const test = base.extend<Fixtures>({
  signedIn: [true, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  baseURL: async ({}, use) => use(stage().url),
  storageState: async ({ signedIn }, use) => {
    const { ownerState } = stage();
    await use(signedIn && existsSync(ownerState) ? ownerState : undefined);
  },
  watch: [
    async ({ context }, use) => {
      const watch = watched(context);
      await use(watch);
      expect(watch.complaints, "the browser had nothing to complain about").toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  plantSecret: async ({}, use) => {
    await use((label) => {
      const secret = `planted-${label}-${crypto.randomUUID()}`;
      plant(secret);
      return secret;
    });
  },
  otherBrowser: async ({ browser }, use) => {
    const opened: { context: BrowserContext; watch: Watch }[] = [];
    await use(async () => {
      // The signed-in state of this test would be inherited.
      const storageState = { cookies: [], origins: [] };
      const context = await browser.newContext({ baseURL: stage().url, storageState });
      opened.push({ context, watch: watched(context) });
      return context;
    });
    for (const { context, watch } of opened) {
      await context.close();
      expect(watch.complaints, "the other browser had nothing to complain about").toEqual([]);
    }
  },
});
