import { expect, test } from "./harness/test";

test("I create a service token and read its secret, once; I rotate it and delete it", async ({
  page,
}) => {
  await page.goto("/access/service-auth");
  await page.getByRole("button", { name: "Create service token" }).click();
  await page.getByLabel("Service token name").fill("Nightly backup");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();

  const secret = dialog.getByText(/^[0-9a-f]{64}$/).first();
  await expect(secret).toBeVisible();
  const first = (await secret.textContent()) ?? "";
  await dialog.getByRole("checkbox", { name: "I stored it" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name: /Nightly backup/ });
  await expect(row).toContainText("Enabled");
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(first);

  await row.getByRole("button", { name: "Actions for Nightly backup" }).click();
  await page.getByRole("menuitem", { name: "Rotate secret" }).click();
  await dialog.getByRole("button", { name: "Rotate secret" }).click();
  await expect(secret).toBeVisible();
  expect(await secret.textContent()).not.toBe(first);
  await dialog.getByRole("checkbox", { name: "I stored it" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();

  await row.getByRole("button", { name: "Actions for Nightly backup" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: /Delete/ }).click();
  await expect(page.getByText("No service tokens yet")).toBeVisible();
});
