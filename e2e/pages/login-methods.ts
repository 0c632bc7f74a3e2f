import type { Locator, Page } from "@playwright/test";

/** Settings > Authentication > Login methods. */
export class LoginMethods {
  constructor(private readonly page: Page) {}

  /** The way the source documents tell: by the navigation, not by the address. */
  async open(): Promise<void> {
    await this.page.goto("/");
    const navigation = this.page.getByRole("navigation", { name: "Main" });
    await navigation.getByRole("link", { name: "Authentication" }).click();
    await this.page.getByRole("heading", { name: "Authentication", level: 1 }).waitFor();
  }

  async goto(): Promise<void> {
    await this.page.goto("/settings/authentication");
  }

  async addNew(type: string): Promise<void> {
    await this.page.getByRole("link", { name: "Add new" }).first().click();
    await this.page.getByRole("heading", { level: 1, name: "Add" }).waitFor();
    await this.page.getByRole("link", { name: type, exact: true }).click();
  }

  row(name: string): Locator {
    return this.page
      .getByRole("row")
      .filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  async edit(name: string): Promise<void> {
    await this.row(name).getByRole("link", { name: /^Edit/ }).click();
  }

  /** Selects Test next to a login method; the test opens in a tab of its own. */
  async test(name: string): Promise<Page> {
    const opened = this.page.context().waitForEvent("page");
    await this.row(name).getByRole("link", { name: /^Test/ }).click();
    return opened;
  }

  async choose(name: string, item: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }
}
