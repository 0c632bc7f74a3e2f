import { expect, type Page } from "@playwright/test";

interface Owner {
  name: string;
  email: string;
  password: string;
  teamName: string;
}

/** First-run set-up: four steps on one page. */
export class SetUp {
  constructor(private readonly page: Page) {}

  step(name: "Unlock" | "Admin" | "Team" | "Check") {
    return this.page.getByRole("heading", { name, level: 2 });
  }

  async continue(): Promise<void> {
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  async unlock(token: string): Promise<void> {
    await this.page.getByLabel("Setup token").fill(token);
    await this.continue();
  }

  async finish({ name, email, password, teamName }: Owner): Promise<void> {
    await this.page.getByLabel("Name", { exact: true }).fill(name);
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.continue();
    await this.page.getByLabel("Team name").fill(teamName);
    await this.continue();
    await expect(this.page.getByRole("status").filter({ hasText: /\d+ checks/ })).toBeVisible();
    await this.page.getByRole("button", { name: "Finish set-up" }).click();
    await expect(this.page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  }
}
