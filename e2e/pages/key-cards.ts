import { expect, type Locator, type Page } from "@playwright/test";

type Title = "Signing key" | "Encrypted ID tokens";

/** The cards in the form of a login method that make and hand over its keys. */
export class KeyCard {
  readonly card: Locator;

  constructor(
    readonly page: Page,
    title: Title,
  ) {
    this.card = page.getByRole("region", { name: title, exact: true });
  }

  async make(label: "Make a key pair" | "Make a decryption key" | "Make a new one"): Promise<void> {
    const before = await this.keys().count();
    await this.card.getByRole("button", { name: label }).click();
    await expect(this.keys()).toHaveCount(before + 1);
  }

  /** One entry for each key, newest first. */
  keys(): Locator {
    return this.card.getByRole("listitem");
  }

  async address(): Promise<string> {
    const shown = this.card.locator("code").filter({ hasText: "/jwks.json" });
    return (await shown.textContent()) ?? "";
  }

  /** Does what a provider's admin does with the address. */
  async handOver(provider: string, client: string): Promise<void> {
    await this.page.context().request.post(`${provider}/register-keys`, {
      form: { client, url: await this.address() },
      failOnStatusCode: true,
    });
  }

  /** Presses a button of one key and agrees to what it asks. */
  async confirm(key: Locator, button: string | RegExp, agree: string): Promise<void> {
    await key.getByRole("button", { name: button }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("button", { name: agree }).click();
    await expect(dialog).toBeHidden();
  }
}
