import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const SCHEMES = ["light", "dark"] as const;
/** All that another colour scheme can change. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** No WCAG 2.2 A or AA violation on the page as it stands, in light and in dark. */
export async function expectAccessible(
  page: Page,
  what: string,
  schemes: readonly (typeof SCHEMES)[number][] = SCHEMES,
): Promise<void> {
  for (const [at, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    const { violations } = await (at === 0 ? axe.withTags(TAGS) : axe.withRules(COLOURS)).analyze();
    const found = violations.map(
      ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(" | ")}`,
    );
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

const SIZES = [
  { name: "a desktop", width: 1280, height: 800, schemes: SCHEMES },
  { name: "a phone", width: 375, height: 740, schemes: [] },
  { name: "the narrowest window", width: 320, height: 640, schemes: ["light"] },
] as const;

/** The same at three widths. Colours do not depend on the width, so the narrow ones are checked once. */
export async function expectAccessibleEverywhere(page: Page, what: string): Promise<void> {
  for (const { name, schemes, ...size } of SIZES) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page, `${what} on ${name}`);
    await expectAccessible(page, `${what} on ${name}`, schemes);
  }
}

/** Nothing is wider than the window (WCAG 1.4.10, reflow). */
async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, `${what}: content is no wider than the window`).toBeLessThanOrEqual(window);
}
