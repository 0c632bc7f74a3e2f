import type { Page } from "@playwright/test";

/** The admins' own sign-in page. */
export class SignIn {
  constructor(private readonly page: Page) {}

  async goto(): Promise<void> {
    await this.page.goto("/login");
  }

  /** Fills in and sends; what follows is the caller's to check. */
  async attempt(email: string, password: string): Promise<void> {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.attempt(email, password);
    await this.page.getByRole("navigation").first().waitFor();
  }
}
