import { expect, type Locator, type Page } from "@playwright/test";
import { PracticeSignIn } from "./practice-sign-in";

const STEPS = [
  "Read configuration",
  "Load signing keys",
  "Send to provider",
  "Callback received",
  "Exchange code",
  "Verify ID token",
  "User info",
  "Map identity",
] as const;

/** The page of one test run. */
export class TestResult {
  constructor(readonly page: Page) {}

  static readonly steps = STEPS;

  /** From the provider's sign-in form on, as one of the practice users. */
  static async signedInAs(login: string, tab: Page): Promise<TestResult> {
    await new PracticeSignIn(tab).signIn(login);
    return new TestResult(tab);
  }

  async expectHeadline(title: string | RegExp): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  async expectSuccess(): Promise<void> {
    await this.expectHeadline("Your connection works!");
  }

  /** The diagnosis must name its cause and at least one thing to do. */
  async expectDiagnosis(title: string | RegExp): Promise<Locator> {
    await this.expectHeadline(title);
    const card = this.page.getByRole("region", { name: title });
    await expect(card.getByRole("heading", { name: "What to do" })).toBeVisible();
    expect(await card.getByRole("listitem").count()).toBeGreaterThan(0);
    return card;
  }

  step(name: (typeof STEPS)[number]): Locator {
    return this.page.getByRole("listitem").filter({ hasText: `. ${name}` });
  }

  /** A row of the identity table. */
  identity(name: string): Locator {
    return this.page
      .getByRole("table", { name: "Identity" })
      .getByRole("row")
      .filter({ has: this.page.getByRole("cell", { name, exact: true }) });
  }

  /** No page of ours ever shows what a program prints by mistake. */
  async expectNoDebris(): Promise<void> {
    const text = (await this.page.locator("main").textContent()) ?? "";
    expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|at \S+ \(.*:\d+:\d+\)/);
  }
}
