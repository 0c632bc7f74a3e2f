import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "./harness/accessibility";
import { plantCookies, plantNonces } from "./harness/planted";
import { provider, stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication, addGroup, addPolicy } from "./pages/access";
import { LoginMethodForm } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";

const METHOD = "Staff by SCIM";

/** The page where the practice provider's admin pushes people. */
async function pushEverybody(admin: Page, endpoint: string, secret: string): Promise<void> {
  await admin.goto(`http://${provider("generic").hostPort}/scim-push`);
  await admin.getByLabel("SCIM Endpoint").fill(endpoint);
  await admin.getByLabel("SCIM Secret").fill(secret);
  await admin.getByRole("button", { name: "Push everybody" }).click();
  await expect(admin.getByRole("button", { name: "Deactivate bob" })).toBeVisible();
  await expect(admin.getByRole("alert")).toHaveCount(0);
}

async function addMethodWithScim(page: Page): Promise<{ endpoint: string; secret: string }> {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: METHOD, fields: provider("generic").fields });
  await form.open("SCIM");
  await page.getByRole("switch", { name: "Enable SCIM" }).check();
  await page.getByRole("switch", { name: "Enable user deprovisioning" }).check();
  await page.getByRole("switch", { name: "Remove user seat on deprovision" }).check();
  await form.trySave();
  const secret = await form.storeScimSecret();
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  return { endpoint: `${stage().url}/scim/v2/${id}`, secret };
}

test("who is deactivated at the provider is out of the application at once, and the log says why", async ({
  page,
  browser,
}) => {
  test.slow();
  const { endpoint, secret } = await addMethodWithScim(page);
  const { host, url } = stage().application;
  await addGroup(page, "SCIM people", "example.com");
  await addPolicy(page, "Let SCIM people in", "SCIM people");
  await addApplication(page, { name: "Payslips", host, policies: ["Let SCIM people in"] });

  const elsewhere = { storageState: { cookies: [], origins: [] } };
  const provided = await browser.newContext(elsewhere);
  const admin = await provided.newPage();
  await pushEverybody(admin, endpoint, secret);

  const theirs = await browser.newContext(elsewhere);
  plantNonces(theirs);
  const bob = await theirs.newPage();
  await bob.goto(url);
  await bob.getByRole("link", { name: `Continue with ${METHOD}` }).click();
  await new PracticeSignIn(bob).signIn("bob");
  await expect(bob.getByText("You are in, bob@example.com.")).toBeVisible();
  await plantCookies(theirs);

  // One person, pushed and signed in, is one entry of the registry.
  await page.goto("/team/users?q=bob%40example.com");
  const row = page.getByRole("row").filter({ hasText: METHOD });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("SCIM");

  await admin.getByRole("button", { name: "Deactivate bob" }).click();
  await expect(admin.getByRole("button", { name: "Reactivate bob" })).toBeVisible();
  await bob.reload();
  await expect(bob.getByRole("heading", { name: "Sign in to Payslips" })).toBeVisible();

  // The practice provider would still let him in; Gatehouse does not, and says what to do.
  await bob.getByRole("link", { name: `Continue with ${METHOD}` }).click();
  await new PracticeSignIn(bob).signIn("bob");
  await expect(bob.getByText(/deactivated/i).first()).toBeVisible();

  await page.goto("/logs/scim?q=deactivated");
  await page.getByRole("link", { name: /deactivated bob@example\.com/ }).click();
  await expect(page.getByText(/session/).first()).toBeVisible();
  await expect(page.getByText("Payslips").first()).toBeVisible();
  await expectAccessibleEverywhere(page, "an entry of the SCIM log");
  await expect(page.locator("main")).not.toContainText(secret);

  await admin.getByRole("button", { name: "Reactivate bob" }).click();
  await expect(admin.getByRole("button", { name: "Deactivate bob" })).toBeVisible();
  await bob.goto(url);
  await bob.getByRole("link", { name: `Continue with ${METHOD}` }).click();
  await new PracticeSignIn(bob).signIn("bob");
  await expect(bob.getByText("You are in, bob@example.com.")).toBeVisible();
  await theirs.close();
  await provided.close();
});
