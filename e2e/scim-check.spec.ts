import { expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { LoginMethodForm } from "./pages/login-method-form";

test("I check a SCIM Endpoint as a provider would, before I set the provider up", async ({
  page,
}) => {
  test.slow();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({
    name: "Checked before it is pushed to",
    fields: provider("generic").fields,
  });
  await form.open("SCIM");
  await page.getByRole("switch", { name: "Enable SCIM" }).check();
  await form.trySave();
  await form.storeScimSecret();
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);

  await page.getByRole("button", { name: "Check this endpoint" }).click();
  const dialog = page.getByRole("dialog", { name: "Check this endpoint" });
  for (const shape of ["Another provider (RFC 7644)", "Okta", "authentik"]) {
    await dialog.getByRole("radio", { name: shape, exact: true }).check();
    await dialog.getByRole("button", { name: /^Check/ }).click();
    const named = shape.replace("Another provider", "SCIM 2.0");
    await expect(dialog.getByText(`A client in the shape of ${named} can push`)).toBeVisible();
    await expect(dialog.getByText(/^All \d+ steps passed$/)).toBeVisible();
  }
  await dialog.getByText("1. Asks what the endpoint can").click();
  await expect(dialog.getByText("GET /ServiceProviderConfig")).toBeVisible();
  await expectAccessibleEverywhere(page, "the report on a SCIM Endpoint");

  await dialog.getByRole("button", { name: "Close" }).last().click();
  await page.reload();
  const health = page.getByRole("region", { name: "What the provider pushed" });
  await expect(health.getByText("Waiting for the first request").last()).toBeVisible();
  await expect(health).toContainText("0 users");
  await page.goto("/logs/admin");
  const entry = page.getByRole("table").getByText("Checked the SCIM Endpoint of a login method");
  await expect(entry.first()).toBeVisible();
});
