import { expect, type FrameLocator, type Page } from "@playwright/test";
import type { Watch } from "../harness/watch";

export const PREVIEW = "/settings/custom-pages/preview";

/** Settings > Custom Pages > Access login page. */
export class LoginDesign {
  constructor(private readonly page: Page) {}

  static async open(page: Page, watch: Watch): Promise<LoginDesign> {
    // Playwright looks into frames by script, which the sandbox of the preview refuses.
    watch.expectConsole(/Blocked script execution in '[^']*custom-pages\/preview'/);
    await page.goto("/settings/custom-pages/login");
    await expect(page.getByLabel("Organization name")).toBeEnabled();
    return new LoginDesign(page);
  }

  get preview(): FrameLocator {
    return this.page.frameLocator("iframe:not(.invisible)");
  }

  async fill(label: string, value: string): Promise<void> {
    // A colour's picker is called after its field: "Background color: pick".
    await this.page.getByRole("textbox", { name: new RegExp(`^${label}(?!:)`) }).fill(value);
  }

  async save(): Promise<void> {
    await this.page.getByRole("button", { name: "Save", exact: true }).click();
  }

  async expectSaved(): Promise<void> {
    await expect(this.page.getByText("Saved. People see it")).toBeVisible();
  }

  /** Back to the page's own look, so that other specs find it. */
  async reset(): Promise<void> {
    await this.page.getByRole("button", { name: "Reset to default" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await this.save();
    await this.expectSaved();
  }
}
