import { expect, test } from "./harness/test";

test("I find the team name, the team domain and the callback URL under Custom Pages", async ({
  page,
  baseURL,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("link", { name: "Custom Pages" }).click();
  for (const name of ["Team name", "Team domain"]) {
    await expect(page.getByRole("heading", { name })).toBeVisible();
  }
  await expect(page.getByText("acme", { exact: true }).first()).toBeVisible();
  const callback = `${baseURL}/cdn-cgi/access/callback`;
  await expect(page.getByText(callback, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Copy Callback URL/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(callback);
});

test("renaming the team says what follows from it", async ({ page }) => {
  await page.goto("/settings/custom-pages");
  await page.getByRole("button", { name: /^Edit/ }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Team name").fill("Not A Name!");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/lowercase letters, numbers or hyphens/).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
});
