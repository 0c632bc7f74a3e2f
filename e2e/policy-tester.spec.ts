import type { Locator, Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication, addGroup, addPolicy, signInToLauncher } from "./pages/access";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { TestResult } from "./pages/test-result";

test.describe.configure({ mode: "serial" });

const METHOD = "Practice of the tester";
const POLICY = "Tested policy";
const APPLICATION = "Tested wiki";

test("I set up a policy, an application and two people", async ({ page, otherBrowser }) => {
  test.slow();
  await addLoginMethod(page, "oidc", { name: METHOD, fields: provider("generic").fields });
  await addGroup(page, "Tested people", "example.com");
  await addPolicy(page, POLICY, "Tested people");
  await addApplication(page, {
    name: APPLICATION,
    host: "tested-wiki.localhost:4011",
    policies: [POLICY],
  });
  await addApplication(page, {
    name: "Tested vault",
    host: "tested-vault.localhost:4011",
    policies: [],
  });
  for (const login of ["ada", "grace"]) {
    const them = await (await otherBrowser()).newPage();
    await signInToLauncher(them, METHOD, login);
  }
});

async function openTester(page: Page, list: string, name: string): Promise<Locator> {
  await page.goto(list);
  await page.getByRole("link", { name, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const tester = page.locator("section").filter({
    has: page.getByRole("heading", { name: "Policy tester" }),
  });
  await expect(tester).toBeVisible();
  return tester;
}
const openPolicy = (page: Page) => openTester(page, "/access/policies", POLICY);

test("I test a policy on one person", async ({ page }) => {
  const tester = await openPolicy(page);
  await tester.getByLabel("Search people by email or name").fill("grace@");
  await tester
    .getByRole("list", { name: "People found" })
    .getByRole("button", { name: new RegExp(`grace@example\\.com.*${METHOD}`) })
    .click();
  await expect(tester.getByRole("status").filter({ hasText: "lets grace" })).toHaveText(
    "This policy lets grace@example.com in",
  );
  await expect(tester).toContainText(`Decided by ${POLICY}: Access group Tested people`);
  const places = tester.getByRole("region", { name: "In the applications that use it" });
  await expect(places.getByRole("listitem")).toContainText([APPLICATION]);
  await expect(places.getByRole("listitem")).toContainText(["In"]);
  await expectAccessibleEverywhere(page, "a policy tested on one person");
});

test("I test a policy on pasted claims", async ({ page }) => {
  const tester = await openPolicy(page);
  await tester.getByRole("tab", { name: "Pasted claims" }).click();
  const panel = tester.getByRole("tabpanel", { name: "Pasted claims" });
  await panel.getByLabel("Login method").selectOption({ label: METHOD });
  const said = panel.getByRole("status");

  await panel.getByLabel("Claims as JSON").fill('{"email": "eve@example.org"}');
  await panel.getByRole("button", { name: "Test", exact: true }).click();
  await expect(said).toHaveText("This policy does not match eve@example.org");
  await panel.getByLabel("Claims as JSON").fill('{"email": "eve@example.com"}');
  await panel.getByRole("button", { name: "Test", exact: true }).click();
  await expect(said).toHaveText("This policy lets eve@example.com in");

  await panel.getByLabel("Claims as JSON").fill("eve@example.com");
  await panel.getByRole("button", { name: "Test", exact: true }).click();
  await expect(panel.getByRole("alert")).toContainText("The claims are not a JSON object.");
  await expectAccessibleEverywhere(page, "a policy tested on claims that are none");
});

test("I see who would gain and lose by an edit that I have not saved", async ({ page }) => {
  const tester = await openPolicy(page);
  const rule = page.getByRole("group", { name: "Include rule 1" });
  await rule.getByLabel("Selector").selectOption({ label: "Emails" });
  await rule.getByLabel("Email addresses").fill("ada@example.com");
  await rule.getByLabel("Email addresses").press("Enter");
  await tester.getByRole("tab", { name: "Everyone" }).click();
  await tester.getByRole("button", { name: "Test everyone" }).click();
  const lose = tester.locator("details").filter({ hasText: "would no longer be matched" });
  await lose.locator("summary").click();
  const losing = lose.getByRole("listitem");
  await expect(losing.filter({ hasText: "grace@example.com" }).first()).toBeVisible();
  await expect(losing.filter({ hasText: "ada@example.com" })).toHaveCount(0);
  const wiki = tester.getByRole("list", { name: "Applications in which access changes" });
  await expect(wiki.getByRole("link")).toHaveText([APPLICATION]);
  await wiki.locator("summary", { hasText: "would lose access" }).click();
  await expect(wiki).toContainText("grace@example.com");
  await expectAccessibleEverywhere(page, "who would lose by an edit");

  await page.getByRole("radio", { name: /^Block/ }).check();
  await tester.getByRole("button", { name: "Test everyone" }).click();
  await wiki.locator("summary", { hasText: "would lose access" }).click();
  await expect(wiki).toContainText("ada@example.com");
  await page.getByRole("button", { name: "Discard" }).click();
  await tester.getByRole("button", { name: "Test everyone" }).click();
  await expect(tester.getByText("Nothing changes for anybody")).toBeVisible();
});

test("I see whom an edit of an access group throws out of the applications behind it", async ({
  page,
}) => {
  const tester = await openTester(page, "/access/groups", "Tested people");
  const rule = page.getByRole("group", { name: "Include rule 1" });
  await rule.getByLabel("Domains").fill("example.net");
  await rule.getByLabel("Domains").press("Enter");
  await rule.getByRole("button", { name: "Remove example.com" }).click();
  await tester.getByRole("tab", { name: "Everyone" }).click();
  await tester.getByRole("button", { name: "Test everyone" }).click();
  const wiki = tester.getByRole("list", { name: "Applications in which access changes" });
  await expect(wiki.getByRole("link")).toHaveText([APPLICATION]);
  await expect(wiki).toContainText("would lose access");
  await tester.getByRole("tab", { name: "Test a person" }).click();
  await tester.getByLabel("Search people by email or name").fill("grace@");
  await tester
    .getByRole("list", { name: "People found" })
    .getByRole("button", { name: new RegExp(`grace@example\\.com.*${METHOD}`) })
    .click();
  await expect(tester).toContainText("This access group does not match grace@example.com");
  await expect(tester).toContainText("Changes: got in before");
  await expectAccessibleEverywhere(page, "an access group tested on one person");
});

test("a rule offers me the groups, claims and domains that people brought", async ({ page }) => {
  await page.goto("/access/policies/new");
  const rule = page.getByRole("group", { name: "Include rule 1" });
  const suggestions = rule.getByRole("listbox", { name: "Suggestions" });
  await rule.getByLabel("Selector").selectOption({ label: "Emails ending in" });
  await rule.getByRole("combobox", { name: "Domains" }).click();
  await suggestions.getByRole("option", { name: /^example\.com/ }).click();
  await expect(rule.getByRole("button", { name: "Remove example.com" })).toBeVisible();

  await rule.getByLabel("Selector").selectOption({ label: "Identity provider group" });
  await rule.getByLabel("Login method").selectOption({ label: METHOD });
  await rule.getByRole("combobox", { name: "Groups" }).click();
  await expect(suggestions.getByRole("option").first()).toContainText(/person|people/);
  await expectAccessibleEverywhere(page, "a rule with suggestions");
  await suggestions.getByRole("option", { name: /^engineering/ }).click();
  await expect(rule.getByRole("button", { name: "Remove engineering" })).toBeVisible();
});

test("a test's result tells me which applications its identity would open, and leads to the tester", async ({
  page,
}) => {
  await page.goto("/settings/authentication");
  await page.getByRole("link", { name: METHOD, exact: true }).click();
  const form = new LoginMethodForm(page);
  await expect(form.field("Name")).toHaveValue(METHOD);
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  const list = result.page.getByRole("list", { name: "Applications" });
  const wiki = list.getByRole("listitem").filter({
    has: result.page.getByRole("link", { name: APPLICATION, exact: true }),
  });
  await expect(wiki.first()).toContainText("Would open");
  await expect(wiki.first()).toContainText(`Decided by ${POLICY}: Access group Tested people.`);
  const vault = list.getByRole("listitem").filter({ hasText: "Tested vault" });
  await expect(vault.first()).toContainText("Would not open");
  await expect(vault.first()).toContainText("It has no policy, so nobody gets in.");
  await expectAccessibleEverywhere(result.page, "a result with applications");

  await wiki.getByRole("link", { name: `Open in policy tester for ${APPLICATION}` }).click();
  const panel = result.page.getByRole("tabpanel", { name: "A past test" });
  await expect(panel.getByLabel("Test", { exact: true })).toContainText(
    `ada@example.com · ${METHOD}`,
  );
  await panel.getByRole("button", { name: "Test", exact: true }).click();
  await expect(panel.getByRole("status")).toHaveText("ada@example.com gets in");
});
