import type { Page } from "@playwright/test";

/** The sign-in form of a practice provider. */
export class PracticeSignIn {
  constructor(private readonly page: Page) {}

  readonly heading = () => this.page.getByRole("heading", { name: "Sign in", level: 1 });

  async signIn(login: string, password = "practice"): Promise<void> {
    await this.page.getByLabel("Username").fill(login);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async deny(): Promise<void> {
    await this.page.getByRole("button", { name: "Deny" }).click();
  }
}
