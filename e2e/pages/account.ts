import { expect, type Locator, type Page } from "@playwright/test";

/** Settings > Account: who the admins are. */
export class Account {
  constructor(private readonly page: Page) {}

  async goto(): Promise<void> {
    await this.page.goto("/settings/account");
  }

  row(email: string): Locator {
    return this.page.getByRole("row").filter({ hasText: email });
  }

  /** Makes a one-time link and returns it. */
  async invite(email: string, role: "Owner" | "Admin" | "Read-only"): Promise<string> {
    await this.page.getByRole("button", { name: "Invite an admin" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Invite an admin" });
    await dialog.getByLabel("Email").fill(email);
    await dialog.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const made = this.page.getByRole("dialog", { name: "Send this link" });
    const link = (await made.getByText(/\/invite\//).textContent())?.trim() ?? "";
    await made.getByRole("button", { name: "Done" }).click();
    return link;
  }

  async remove(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: "Remove" }).click();
    await this.page.getByRole("button", { name: "Remove admin" }).click();
    await expect(this.page.getByRole("dialog")).toBeHidden();
  }
}

/** What an invited person does with the link. */
export async function acceptInvitation(
  page: Page,
  link: string,
  { name, password }: { name: string; password: string },
): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
}
