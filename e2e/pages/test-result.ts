import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one test run. */
export class TestResult {
  constructor(readonly page: Page) {}

  async succeeded(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: "Your connection works!" })).toBeVisible();
  }

  /** The headline of a failure: the failing step in words. */
  headline(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  step(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }
}
