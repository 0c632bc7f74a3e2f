import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { TestResult } from "./pages/test-result";

const fields = () => provider("generic").fields;

test("I disable a login method, enable it again, and delete it", async ({ page }) => {
  await addLoginMethod(page, "oidc", { name: "Comes and goes", fields: fields() });
  const list = new LoginMethods(page);
  await list.goto();
  await expect(list.row("Comes and goes")).toContainText("Enabled");

  await list.choose("Comes and goes", "Disable");
  await expectAccessible(page, "the disable dialog");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(list.row("Comes and goes")).toContainText("Disabled");

  await list.choose("Comes and goes", "Enable");
  await page.getByRole("dialog").getByRole("button", { name: "Enable anyway" }).click();
  await expect(list.row("Comes and goes")).toContainText("Enabled");

  await list.choose("Comes and goes", "Delete");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await dialog.getByRole("button", { name: /Delete/ }).click();
  await expect(list.row("Comes and goes")).toBeHidden();
});

test("editing keeps the stored secret, and never shows it", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", { name: "Keeps it", fields: fields() });
  await page.reload();
  await expect(page.getByText(/^Stored · set/)).toBeVisible();
  expect(await page.locator("form").innerHTML()).not.toContain(fields().client_secret);
  await form.fill("Name", "Keeps it well");
  await form.saveChanges();
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
});

test("Discard puts back the name, and what I type after it is saved", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", { name: "As it was", fields: fields() });
  await form.fill("Name", "Not this");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(form.field("Name")).toHaveValue("As it was");
  await form.fill("Name", "As it is now");
  await expect(page.getByText("Unsaved changes")).toBeVisible();
  await form.saveChanges();
  await page.reload();
  await expect(form.field("Name")).toHaveValue("As it is now");
});

test("a name that is taken is refused on its field", async ({ page }) => {
  await addLoginMethod(page, "oidc", { name: "Taken", fields: fields() });
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Taken", fields: fields() });
  await form.trySave();
  await expect(page.getByText(/Another login method is called Taken/).first()).toBeVisible();
  await expect(form.field("App ID")).toHaveValue(fields().client_id ?? "");
});

test("I am asked before unsaved changes are lost", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", { name: "Half edited", fields: fields() });
  await form.fill("Name", "Half edited now");
  await expect(page.getByText("Unsaved changes")).toBeVisible();
  const leave = page.getByRole("link", { name: "Custom Pages" });

  await leave.click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page, "the unsaved changes dialog");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(form.field("Name")).toHaveValue("Half edited now");

  await leave.click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/custom-pages$/);
});

test("testing a form with unsaved changes never tests them in silence", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", { name: "Unsaved test", fields: fields() });
  await form.fill("Name", "Unsaved test, renamed");
  await expect(page.getByRole("button", { name: /^Save and test/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Test saved version/ })).toBeVisible();
});

test("two tabs at once: the second save is told, and loses nothing", async ({ page, context }) => {
  const form = await addLoginMethod(page, "oidc", { name: "Two tabs", fields: fields() });
  const other = await context.newPage();
  await other.goto(page.url());
  const otherForm = new LoginMethodForm(other);
  await form.fill("Name", "Two tabs, mine");
  await form.saveChanges();
  await otherForm.fill("Name", "Two tabs, yours");
  await otherForm.trySave();
  await expect(other.getByRole("alert").filter({ hasText: /changed|another/i })).toBeVisible();
  await expect(otherForm.field("Name")).toHaveValue("Two tabs, yours");
  await page.reload();
  await expect(form.field("Name")).toHaveValue("Two tabs, mine");
});

test("a double click on Save makes one login method", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Only once", fields: fields() });
  await page.getByRole("button", { name: "Save", exact: true }).dblclick();
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  const list = new LoginMethods(page);
  await list.goto();
  await expect(list.row("Only once")).toHaveCount(1);
});

test("after a change the list says that the last test is of older settings", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", { name: "Went stale", fields: fields() });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await result.page.close();
  const list = new LoginMethods(page);

  await form.fill("Name", "Went by another name");
  await form.saveChanges();
  await list.goto();
  await expect(list.row("Went by another name")).toContainText("Passed");
  await expect(list.row("Went by another name")).not.toContainText("Changed since last test");

  await list.edit("Went by another name");
  await form.open("Optional configurations");
  await form.addTag("OIDC Claims", "groups");
  await form.saveChanges();
  await list.goto();
  await expect(list.row("Went by another name")).toContainText("Changed since last test");
});

test("a login method that does not exist says so", async ({ page, watch }) => {
  watch.expectConsole(/404/);
  for (const id of ["00000000-0000-4000-8000-000000000000", "not-an-id", "..%2f..%2f"]) {
    const answer = await page.goto(`/settings/authentication/login-methods/${id}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});
