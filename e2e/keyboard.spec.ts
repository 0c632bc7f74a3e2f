import type { Locator, Page } from "@playwright/test";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { TestResult } from "./pages/test-result";

/** Tabs until an element has the focus; every stop on the way must have a name and a visible ring. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 80; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { top, height } = element.getBoundingClientRect();
      const chain = [element, element.parentElement, element.closest("label")];
      const outlined = chain.some(
        (one) =>
          one &&
          [null, "::after"].some((part) => getComputedStyle(one, part).outlineStyle !== "none"),
      );
      const covered = top + height < 0 || top > innerHeight;
      return { what: element.outerHTML.slice(0, 160), outlined, covered };
    });
    if (!ring) continue;
    expect(ring.outlined, `a visible focus on ${ring.what}`).toBe(true);
    expect(ring.covered, `in view: ${ring.what}`).toBe(false);
  }
  throw new Error(`the Tab key never reached ${target}`);
}

test("I do the whole job with the keyboard alone", async ({ page }) => {
  test.slow();
  const { fields } = provider("generic");
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "Authentication" }));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Authentication" }).waitFor();
  await tabTo(page, page.getByRole("link", { name: "Add new" }).first());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login-methods\/new$/);
  await tabTo(page, page.getByRole("link", { name: /^OpenID Connect/ }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login-methods\/new\/oidc$/);

  const values = [
    ["Name", "By keyboard"],
    ["Discovery URL", fields.discovery_url],
    ["App ID", fields.client_id],
    ["Client secret", fields.client_secret],
  ] as const;
  for (const [label, value] of values) {
    const field = page.getByLabel(new RegExp(`^${label}( |$)`)).and(page.locator("input"));
    await tabTo(page, field);
    await page.keyboard.type(value ?? "");
  }
  await expect(page.getByLabel(/^Certificate URL( |$)/)).not.toHaveValue("");
  await tabTo(page, page.getByRole("button", { name: "Save", exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);

  const testLink = page.getByRole("link", { name: /^Test .*opens a new tab/ });
  await tabTo(page, testLink);
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("Enter");
  const tab = await opened;
  await tab.getByLabel("Username").fill("ada");
  await tab.getByLabel("Password").fill("practice");
  await tab.keyboard.press("Enter");
  await new TestResult(tab).expectSuccess();
});
