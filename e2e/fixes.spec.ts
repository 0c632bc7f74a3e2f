import type { Page } from "@playwright/test";
import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { LoginMethodForm } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

const status = (page: Page) => page.locator("form").getByRole("status").last();
const pkce = (page: Page) => page.getByRole("switch", { name: /PKCE/ });

/** A form whose provider requires PKCE, with PKCE off. */
async function withoutPkce(page: Page, name: string): Promise<LoginMethodForm> {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  const fields = { ...provider("generic").fields, client_id: "fault-requires-pkce" };
  await form.fillFromDiscovery({ name, fields });
  await pkce(page).uncheck();
  return form;
}

/** Before its script has loaded, a page starts the test too, but stays where it is. */
const untilScripted = (page: Page) =>
  page.waitForFunction(() => {
    const form = document.querySelector('form[action$="/tests/new"]');
    return form !== null && Object.keys(form).some((key) => key.startsWith("__reactProps"));
  });

/** Presses a fix: the page becomes the form, and the test goes on in the tab that opens. */
async function applyFix(page: Page, label: string): Promise<Page> {
  await untilScripted(page);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: `${label} and test again` }).click();
  return opened;
}

test("one press applies a fix to a saved login method and tests it; Save keeps it", async ({
  page,
}) => {
  test.slow();
  const form = await withoutPkce(page, "Mended");
  await form.save();
  const tab = await form.test();
  const result = new TestResult(tab);
  const card = await result.expectDiagnosis("Provider requires PKCE");
  await expect(card.getByRole("link", { name: /^Go to Proof Key/ })).toBeVisible();
  await expectAccessible(tab, "a diagnosis with a fix");

  const second = await applyFix(tab, "Turn on PKCE");
  await expect(tab.getByText("Changed by the fix for “Provider requires PKCE”")).toBeVisible();
  await expect(tab.getByText(/PKCE\): Off → On$/)).toBeVisible();
  await expect(tab.getByText("Changed by the fix", { exact: true })).toBeVisible();
  await expect(pkce(tab)).toBeChecked();
  await expectAccessible(tab, "a form with a fix");

  await new PracticeSignIn(second).signIn("ada");
  await new TestResult(second).expectSuccess();
  await expect(status(tab)).toHaveText("Unsaved changes · Tested, not saved");
  await new LoginMethodForm(tab).saveChanges();
  await expect(status(tab)).toHaveText(/^Saved · Tested /);
  await expect(tab.getByText("Changed by the fix", { exact: true })).toBeHidden();
  await tab.reload();
  await expect(pkce(tab)).toBeChecked();
  await expect(status(tab)).toHaveText(/^Tested /);
});

test("a fix of settings that were never saved keeps what I typed, the secret too", async ({
  page,
}) => {
  const form = await withoutPkce(page, "");
  const tab = await form.testUnsaved();
  await new TestResult(tab).expectDiagnosis("Provider requires PKCE");
  const second = await applyFix(tab, "Turn on PKCE");
  await expect(tab).toHaveURL(/\/new\/oidc\?fix=/);
  await new PracticeSignIn(second).signIn("ada");
  await new TestResult(second).expectSuccess();

  const fixed = new LoginMethodForm(tab);
  await expect(fixed.field("App ID")).toHaveValue("fault-requires-pkce");
  await expect(tab.getByText(/^Stored · set/)).toBeVisible();
  await fixed.fill("Name", "Mended before it was saved");
  await fixed.save();
  await expect(status(tab)).toHaveText(/^Saved · Tested /);
});

test("a fix can be undone", async ({ page }) => {
  const form = await withoutPkce(page, "Undone");
  await form.save();
  const tab = await form.test();
  await new TestResult(tab).expectDiagnosis("Provider requires PKCE");
  await applyFix(tab, "Turn on PKCE");
  await expect(pkce(tab)).toBeChecked();
  await tab.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(pkce(tab)).not.toBeChecked();
  await expect(tab.getByText("Unsaved changes")).toBeHidden();
});

test("a fix does not fit any more once the login method was changed", async ({ page, watch }) => {
  watch.expectConsole(/409/);
  const form = await withoutPkce(page, "Moved on");
  await form.save();
  const tab = await form.test();
  await new TestResult(tab).expectDiagnosis("Provider requires PKCE");
  await form.open("Optional configurations");
  await form.addTag("OIDC Claims", "groups");
  await form.saveChanges();
  const second = await applyFix(tab, "Turn on PKCE");
  await expect(second.getByText(/Moved on was changed after this test/)).toBeVisible();
  await expect(tab.getByText(/Moved on was changed after this test/)).toBeVisible();
  await expect(pkce(tab)).not.toBeChecked();
});

test("on a phone a fix tests in the same tab, and its result leads to the form", async ({
  page,
}) => {
  const form = await withoutPkce(page, "Pocket");
  await form.save();
  await page.setViewportSize({ width: 375, height: 740 });
  await page.getByRole("link", { name: /^Test .*opens a new tab/ }).click();
  await new TestResult(page).expectDiagnosis("Provider requires PKCE");
  await page.getByRole("button", { name: "Turn on PKCE and test again" }).click();
  await new PracticeSignIn(page).signIn("ada");
  await new TestResult(page).expectSuccess();
  await page.getByRole("link", { name: "Open the form with these settings" }).click();
  await expect(pkce(page)).toBeChecked();
  await new LoginMethodForm(page).saveChanges();
  await expect(status(page)).toHaveText(/Tested /);
});
