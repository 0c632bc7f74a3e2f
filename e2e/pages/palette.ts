import { expect, type Locator, type Page } from "@playwright/test";

/** The command palette. */
export class Palette {
  constructor(private readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Search everything" });
  }

  get field(): Locator {
    return this.dialog.getByRole("combobox");
  }

  get selected(): Locator {
    return this.dialog.getByRole("option", { selected: true });
  }

  /** Opens it by its keys, which work once the page's script has loaded. */
  async open(): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press("ControlOrMeta+k");
      await expect(this.field).toBeFocused({ timeout: 2000 });
    }).toPass();
  }

  /** Types, and waits until that is the first result. */
  async find(query: string, first: string): Promise<void> {
    await this.field.fill(query);
    await expect(this.selected.getByText(first, { exact: true })).toBeVisible();
  }
}
