import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication, addGroup, addPolicy, signInToLauncher } from "./pages/access";
import { addLoginMethod } from "./pages/login-method-form";

test.describe.configure({ mode: "serial" });

const METHOD = "Practice of the registry";
const GRACE = "grace@example.com";

test("I set up an application, and two people sign in", async ({ page, otherBrowser }) => {
  test.slow();
  await addLoginMethod(page, "oidc", { name: METHOD, fields: provider("generic").fields });
  await addGroup(page, "People of the registry", "example.com");
  await addPolicy(page, "Let the registry in", "People of the registry");
  await addApplication(page, {
    name: "Registry wiki",
    host: "registry-wiki.localhost:4012",
    policies: ["Let the registry in"],
  });
  for (const login of ["ada", "grace"]) {
    await signInToLauncher(await (await otherBrowser()).newPage(), METHOD, login);
  }
});

const people = (page: Page) => page.getByRole("table").getByRole("row").filter({ hasText: METHOD });

/** My Team > Users, with those of this spec's login method alone. */
async function openUsers(page: Page): Promise<void> {
  await page.goto("/team/users");
  await page.getByLabel("Login method").selectOption({ label: METHOD });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/method=[0-9a-f-]{36}/);
}

async function act(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${GRACE}` }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

test("I find people by a part of their name, and by what they are", async ({ page }) => {
  await openUsers(page);
  await expect(people(page)).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search" }).fill("GRACE");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(people(page)).toHaveCount(1);
  await expect(people(page)).toContainText(GRACE);
  await expectAccessibleEverywhere(page, "users that were searched");

  await page.getByLabel("Status").selectOption({ label: "Disabled" });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL(/\/team\/users$/);
});

test("I disable somebody, who cannot sign in then, and enable them again", async ({
  page,
  browser,
  otherBrowser,
}) => {
  test.slow();
  await openUsers(page);
  await act(page, "Disable");
  const dialog = page.getByRole("dialog", { name: `Disable ${GRACE}?` });
  await expect(dialog).toContainText("All sessions of this person end within a second");
  await expectAccessibleEverywhere(page, "the question before somebody is disabled");
  await dialog.getByRole("button", { name: "Disable" }).click();
  const row = people(page).filter({ hasText: GRACE });
  await expect(row).toContainText("Disabled");
  await expect(row.getByRole("cell", { name: /^(Sessions )?0$/ })).toBeVisible();

  // Watched by nobody: a browser complains of a page that is a refusal.
  const theirs = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await signInToLauncher(await theirs.newPage(), METHOD, "grace", "This account was switched off");
  await theirs.close();

  await act(page, "Enable");
  await page
    .getByRole("dialog", { name: `Enable ${GRACE}?` })
    .getByRole("button", { name: "Enable" })
    .click();
  await expect(row).toContainText("May sign in");
  await signInToLauncher(await (await otherBrowser()).newPage(), METHOD, "grace");
});

test("I see which applications open for somebody, and try them in the policy tester", async ({
  page,
}) => {
  await openUsers(page);
  await act(page, "Test policies for this user");
  const wiki = page.getByRole("list", { name: "Applications" }).getByRole("listitem");
  await expect(wiki.filter({ hasText: "Registry wiki" })).toContainText("Would open");
  await expectAccessibleEverywhere(page, "what the policies make of somebody");
  await page.getByRole("link", { name: "Open in policy tester for Registry wiki" }).click();
  await expect(
    page.getByRole("button", { name: new RegExp(`^Test ${GRACE} .*${METHOD}$`) }),
  ).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(`signed in with ${METHOD}`)).toBeVisible();
});

test("I end the sessions of several people at once", async ({ page }) => {
  await openUsers(page);
  await page.getByRole("checkbox", { name: "Choose all on this page" }).check();
  await expect(page.getByText("2 people chosen")).toBeVisible();
  await expectAccessibleEverywhere(page, "people who are chosen");
  await page.getByRole("button", { name: "Revoke sessions", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke the sessions of 2 people?" });
  await expect(dialog).toContainText("ada@example.com");
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(dialog).toBeHidden();
  await expect(people(page).getByRole("cell", { name: /^(Sessions )?0$/ })).toHaveCount(2);
  await page.getByRole("checkbox", { name: `Choose ${GRACE}` }).check();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const removal = page.getByRole("dialog", { name: "Remove 1 person?" });
  await expect(removal.getByRole("button", { name: "Remove" })).toBeDisabled();
  await removal.getByRole("button", { name: "Cancel" }).click();
});

test("I remove somebody from the registry, after typing who", async ({ page }) => {
  await openUsers(page);
  await people(page).getByRole("link", { name: GRACE }).click();
  await expect(page.getByRole("heading", { level: 1, name: GRACE })).toBeVisible();
  await act(page, "Remove");
  const dialog = page.getByRole("dialog", { name: `Remove ${GRACE}?` });
  const confirm = dialog.getByRole("button", { name: "Remove" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill(GRACE);
  await expectAccessibleEverywhere(page, "the question before somebody is removed");
  await confirm.click();
  await expect(page).toHaveURL(/\/team\/users$/);
  await openUsers(page);
  await expect(people(page)).toHaveCount(1);
  await expect(people(page)).toContainText("ada@example.com");
  await page.goto(`/logs/admin`);
  await expect(page.getByRole("table")).toContainText(GRACE);
});
