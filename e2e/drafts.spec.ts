import type { Page } from "@playwright/test";
import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

const fields = () => provider("generic").fields;
const status = (page: Page) => page.locator("form").getByRole("status").last();

test("I test a new form before it is saved, and save what was tested", async ({ page }) => {
  test.slow();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "", fields: fields() });
  await expect(status(page)).toHaveText("Unsaved changes · Not tested yet");

  const result = await TestResult.signedInAs("ada", await form.testUnsaved());
  await result.expectSuccess();
  await result.expectNoDebris();
  await expect(result.page.getByText("Not saved yet").first()).toBeVisible();
  await expectAccessible(result.page, "the result of a test that is not saved");

  await expect(page.getByText("Your connection works!")).toBeVisible();
  await expect(status(page)).toHaveText("Unsaved changes · Tested, not saved");
  await expectAccessible(page, "a form that was tested and not saved");
  await form.fill("Name", "Tested first");
  await form.save();
  await expect(status(page)).toHaveText(/^Saved · Tested /);

  const list = new LoginMethods(page);
  await list.goto();
  await expect(list.row("Tested first")).toContainText("Passed");
  await expect(list.row("Tested first")).not.toContainText("Changed since last test");
});

test("Save says what the last test of these settings said, and what became of them", async ({
  page,
}) => {
  test.slow();
  const form = await addLoginMethod(page, "oidc", { name: "Told", fields: fields() });
  await expect(status(page)).toHaveText("Saved · Never tested");
  const first = await TestResult.signedInAs("ada", await form.test());
  await first.expectSuccess();
  await expect(status(page)).toHaveText(/^Saved · Tested /);

  await test.step("a change that nobody tested", async () => {
    await form.open("Optional configurations");
    await form.addTag("OIDC Claims", "groups");
    await expect(status(page)).toHaveText("Unsaved changes · Not tested yet");
    await form.saveChanges();
    await expect(status(page)).toHaveText("Saved · Changed since the last test");
  });
  await test.step("a change that was tested before it was saved", async () => {
    await form.addTag("OIDC Claims", "roles");
    const result = await TestResult.signedInAs("ada", await form.testUnsaved());
    await result.expectSuccess();
    await expect(
      result.page.getByText("Unsaved changes to version 2 (OIDC Claims)").first(),
    ).toBeVisible();
    await expect(status(page)).toHaveText("Unsaved changes · Tested, not saved");
    await form.addTag("OIDC Claims", "org");
    await expect(status(page)).toHaveText("Unsaved changes · Not tested yet");
    await page.getByRole("button", { name: "Remove org" }).click();
    await expect(status(page)).toHaveText("Unsaved changes · Tested, not saved");
    await form.saveChanges();
    await expect(status(page)).toHaveText(/^Saved · Tested /);
  });
  await test.step("settings that do not work", async () => {
    await form.fill("App ID", "fault-forged-signature");
    const result = await TestResult.signedInAs("ada", await form.testUnsaved());
    await result.expectDiagnosis("The signature of the ID token is wrong");
    await expect(status(page)).toHaveText(
      "Unsaved changes · Last test failed: The signature of the ID token is wrong",
    );
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(status(page)).toHaveText(/Tested /);
  });
});

test("a test that passed can be saved where its result stands", async ({ page, plantSecret }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "From the result",
    fields: { ...fields(), client_secret: plantSecret("saved-before") },
  });
  await page.getByRole("button", { name: "Replace Client secret" }).click();
  await form.fill("Client secret", fields().client_secret ?? "");
  const result = await TestResult.signedInAs("bob", await form.testUnsaved());
  await result.expectSuccess();
  await expect(
    result.page.getByText("Unsaved changes to version 1 (Client secret)").first(),
  ).toBeVisible();
  await result.page.getByRole("button", { name: "Save these settings" }).click();
  await result.page.waitForURL(/\?added/);
  await expect(status(result.page)).toHaveText(/Tested /);
});

test("what is wrong with a form is said in the form, and no tab opens", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fill("App ID", "only this");
  await form.pressTestUnsaved();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeVisible();
  await expect(summary.getByRole("link", { name: /Auth URL/ })).toBeVisible();
  await expect(summary.getByRole("link", { name: /name/ })).toBeHidden();
  expect(page.context().pages()).toHaveLength(1);
});

test("a stored secret at a new address is refused in the form and in the tab", async ({
  page,
  watch,
}) => {
  watch.expectConsole(/400/);
  const form = await addLoginMethod(page, "oidc", { name: "Moved away", fields: fields() });
  await form.fill("Token URL", "https://elsewhere.example/token");
  const tab = await form.testUnsaved();
  await expect(tab.getByRole("heading", { name: "This test was not started" })).toBeVisible();
  await expect(tab.getByText(/Client secret: Enter the client secret again/)).toBeVisible();
  await expectAccessible(tab, "the page of a test that was refused");
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toContainText("elsewhere.example");
});

test("on a phone the test takes the tab, and leads back to what I typed", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 740 });
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "By phone", fields: fields() });
  await form.open("SCIM");
  await page.getByRole("switch", { name: "Enable SCIM" }).check();
  await form.pressTestUnsaved();
  await new PracticeSignIn(page).signIn("ada");
  const result = new TestResult(page);
  await result.expectSuccess();
  expect(page.context().pages()).toHaveLength(1);

  await page.getByRole("link", { name: "Open the form with these settings" }).click();
  await expect(form.field("Name")).toHaveValue("By phone");
  await expect(page.getByText("These settings were tested and are not saved")).toBeVisible();
  await expect(status(page)).toHaveText("Unsaved changes · Tested, not saved");
  await expectAccessible(page, "a form that begins with tested settings");
  await form.trySave();
  await form.storeScimSecret();
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  await expect(status(page)).toHaveText(/Tested /);
  await expect(page.getByRole("switch", { name: "Enable SCIM" })).toBeChecked();
});

test("I am asked before what never passed is enabled", async ({ page }) => {
  await addLoginMethod(page, "oidc", { name: "Unproven", fields: fields() });
  const list = new LoginMethods(page);
  await list.goto();
  await list.choose("Unproven", "Disable");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(list.row("Unproven")).toContainText("Disabled");

  await list.choose("Unproven", "Enable");
  const dialog = page.getByRole("dialog", { name: "Enable Unproven?" });
  await expect(dialog).toContainText("Unproven has never passed a test.");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page, "the question before enabling");

  const opened = page.context().waitForEvent("page");
  await dialog.getByRole("link", { name: /^Test first/ }).click();
  const result = await TestResult.signedInAs("ada", await opened);
  await result.expectSuccess();
  await expect(dialog).toBeHidden();
  await result.page.getByRole("button", { name: "Enable" }).click();
  await expect(result.page.getByRole("button", { name: "Enable" })).toBeHidden();
  await list.goto();
  await expect(list.row("Unproven")).toContainText("Enabled");
});
