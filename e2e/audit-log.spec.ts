import { expectAccessible } from "./harness/accessibility";
import { owner, provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod } from "./pages/login-method-form";

test("every change is in Logs > Admin, with secrets only as changed", async ({
  page,
  plantSecret,
}) => {
  const { fields } = provider("generic");
  const first = plantSecret("audit-first");
  const second = plantSecret("audit-second");
  const form = await addLoginMethod(page, "oidc", {
    name: "Audited",
    fields: { ...fields, client_secret: first },
  });
  await page.getByRole("button", { name: /^Replace/ }).click();
  await form.fill("Client secret", second);
  await form.fill("Name", "Audited twice");
  await form.saveChanges();

  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
  await page.getByLabel("Search").fill("Audited twice");
  await page.getByRole("button", { name: "Filter" }).click();
  const row = page.getByRole("row").filter({ hasText: "Audited twice" }).first();
  await expect(row).toContainText(owner.name);
  await row.getByRole("link").first().click();

  const diff = page.getByRole("table").filter({ hasText: "Before" });
  await expect(diff.getByRole("row", { name: /name/ }).first()).toContainText("Audited");
  await expect(diff.getByRole("row", { name: /client_secret/ })).toContainText("changed");
  const text = await page.content();
  expect(text).not.toContain(first);
  expect(text).not.toContain(second);
  await expectAccessible(page, "the Admin log with an open entry");
});

test("signing in and the first set-up stand in the log too", async ({ page }) => {
  await page.goto("/logs/admin");
  await expect(page.getByRole("table", { name: "Changes" }).getByRole("row").nth(1)).toBeVisible();
});
