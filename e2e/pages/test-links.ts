import { expect, type Locator, type Page } from "@playwright/test";

/** Shared test links: made in the console, used by somebody without an account. */
export class TestLinks {
  constructor(private readonly page: Page) {}

  /** The tests of the login method whose form is open. */
  async goto(): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).pathname}/tests`);
  }

  /** Makes a link and answers its address. */
  async share(button: string | RegExp = /^Share test link/, holds = "24 hours"): Promise<string> {
    await this.page.getByRole("button", { name: button }).first().click();
    const dialog = this.page.getByRole("dialog", { name: /^Share a test of/ });
    await dialog.getByRole("radio", { name: holds }).check();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const made = this.page.getByRole("dialog", { name: "Send this link" });
    const url = (await made.getByText(/\/cdn-cgi\/access\/test\//).textContent())?.trim() ?? "";
    await made.getByRole("button", { name: "Done" }).click();
    await expect(made).toBeHidden();
    return url;
  }

  row(state: string): Locator {
    return this.page
      .getByRole("table", { name: "Test links" })
      .getByRole("row")
      .filter({ hasText: state });
  }

  async revoke(): Promise<void> {
    await this.page.getByRole("button", { name: /^Revoke/ }).click();
    const dialog = this.page.getByRole("dialog", { name: "Revoke this test link?" });
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await expect(dialog).toBeHidden();
  }
}
