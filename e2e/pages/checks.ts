import { expect, type Locator, type Page } from "@playwright/test";

/** Check configuration in the form of a login method. */
export class Checks {
  constructor(private readonly page: Page) {}

  async run(): Promise<void> {
    await this.page.getByRole("button", { name: "Check configuration" }).click();
  }

  async expectSummary(says: RegExp): Promise<void> {
    await expect(this.page.getByRole("status").filter({ hasText: says })).toBeVisible();
  }

  /** One finding by its title, with its status in words before it. */
  item(says: RegExp): Locator {
    return this.page
      .getByRole("list", { name: "What was checked" })
      .getByRole("listitem")
      .filter({ hasText: says });
  }
}

/** A saved login method against its provider's document, in the same form. */
export class Drift {
  constructor(private readonly page: Page) {}

  row(label: string): Locator {
    return this.page
      .getByRole("table", { name: "Settings that differ from what your provider publishes" })
      .getByRole("row")
      .filter({ has: this.page.getByRole("rowheader", { name: label }) });
  }

  async expectWords(says: RegExp): Promise<void> {
    await expect(this.page.getByRole("status").filter({ hasText: says })).toBeVisible();
  }
}
