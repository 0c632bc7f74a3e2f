import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod } from "./pages/login-method-form";
import { TestResult } from "./pages/test-result";

const PAGES = [
  { path: "/", heading: "Overview" },
  { path: "/access/applications", heading: "Applications" },
  { path: "/access/applications/new", heading: "Add an application" },
  { path: "/access/policies", heading: "Policies" },
  { path: "/access/policies/new", heading: "Add a policy" },
  { path: "/access/groups/new", heading: "Add an access group" },
  { path: "/access/service-auth", heading: "Service Auth" },
  { path: "/team/users", heading: "Users" },
  { path: "/team/groups", heading: "Groups" },
  { path: "/logs/access", heading: "Access" },
  { path: "/logs/scim", heading: "SCIM provisioning" },
  { path: "/settings/authentication", heading: "Authentication" },
  { path: "/settings/authentication/login-methods/new", heading: /\S/ },
  { path: "/settings/authentication/login-methods/new/oidc", heading: /\S/ },
  { path: "/settings/custom-pages", heading: "Custom Pages" },
  { path: "/settings/account", heading: "Account" },
  { path: "/settings/system", heading: "System" },
  { path: "/logs/admin", heading: "Admin" },
  { path: "/profile", heading: "Profile" },
];

test.beforeEach(() => test.slow());

for (const { path, heading } of PAGES) {
  test(`${path} can be used by everyone, in light and dark, from phone to desktop`, async ({
    page,
  }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await expect(page).toHaveTitle(/\S/);
    await expectAccessibleEverywhere(page, path);
  });
}

test("a form and a result with much in them can be used on a phone", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "A login method with a rather long name, as some have",
    fields: { ...provider("generic").fields, client_id: "variant-hostile-claims" },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await expectAccessibleEverywhere(page, "the form");
  await expectAccessibleEverywhere(result.page, "the result");
});

test("the navigation of a phone opens, leads, and closes", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.goto("/");
  await page.getByRole("button", { name: "Open navigation" }).click();
  const sheet = page.getByRole("dialog", { name: "Navigation" });
  await expectAccessible(page, "the open navigation");
  await sheet.getByRole("link", { name: "Authentication" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Authentication" })).toBeVisible();
  await expect(sheet).toBeHidden();
});

test("the theme I choose is there at the first paint of the next page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("radio", { name: "Dark" }).check();
  const answer = await page.goto("/settings/custom-pages");
  expect(await answer?.text()).toMatch(/<html[^>]*data-theme="dark"/);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.waitForLoadState("networkidle");
  await page.getByRole("radio", { name: "Light" }).check();
  await expect.poll(background).not.toBe(dark);
});
