import { expect, type Page } from "@playwright/test";
import { PracticeSignIn } from "./practice-sign-in";

/** Access > Access Groups: one whose people have an email address of a domain. */
export async function addGroup(page: Page, name: string, domain: string): Promise<void> {
  await page.goto("/access/groups/new");
  await page.getByLabel("Access group name").fill(name);
  await page.getByLabel("Selector").selectOption({ label: "Emails ending in" });
  const domains = page.getByLabel("Domains");
  await domains.fill(domain);
  await domains.press("Enter");
  await expect(page.getByText(/^Matches (?!nobody)/)).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/access\/groups\/[0-9a-f-]{36}/);
}

/** Access > Policies: one that lets the people of an access group in. */
export async function addPolicy(page: Page, name: string, group: string): Promise<void> {
  await page.goto("/access/policies/new");
  await page.getByLabel("Policy name").fill(name);
  await page.getByLabel("Selector").selectOption({ label: "Access Groups" });
  await page.getByLabel(group).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/access\/policies\/[0-9a-f-]{36}/);
}

interface ApplicationValues {
  name: string;
  host: string;
  policies: readonly string[];
  /** Of all of the policies; Allow when absent. */
  action?: "Allow" | "Service Auth";
}

/** Access > Applications: one with its policies, as far as its own page. */
export async function addApplication(
  page: Page,
  { name, host, policies, action = "Allow" }: ApplicationValues,
): Promise<void> {
  await page.goto("/access/applications/new");
  await page.getByLabel("Application name").fill(name);
  const hosts = page.getByLabel("Public hostnames");
  await hosts.fill(host);
  await hosts.press("Enter");
  await expect(page.getByText(`Covers ${host}`)).toBeVisible();
  for (const policy of policies) {
    await page
      .getByLabel("Select an existing policy")
      .selectOption({ label: `${policy} (${action})` });
    await page.getByRole("button", { name: "Add policy" }).click();
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/access\/applications\/[0-9a-f-]{36}\/overview/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Somebody signs in on the team domain, as far as the App Launcher, or as far as `heading` says. */
export async function signInToLauncher(
  page: Page,
  method: string,
  login: string,
  heading = "Your applications",
): Promise<void> {
  await page.goto("/cdn-cgi/access/login");
  await page.getByRole("link", { name: `Continue with ${method}` }).click();
  await new PracticeSignIn(page).signIn(login);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** Access > Policies: one that lets in every program that proves who it is. */
export async function addServicePolicy(page: Page, name: string): Promise<void> {
  await page.goto("/access/policies/new");
  await page.getByLabel("Policy name").fill(name);
  await page.getByRole("radio", { name: /^Service Auth/ }).check();
  await page.getByLabel("Selector").selectOption({ label: "Any Access Service Token" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/access\/policies\/[0-9a-f-]{36}/);
}
