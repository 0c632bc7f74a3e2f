import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { Drift } from "./pages/checks";
import { LoginMethodForm } from "./pages/login-method-form";

const generic = () => provider("generic");
const base = () => `http://${generic().hostPort}`;

test("a saved login method that agrees with its provider says so in one line", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Agrees", fields: generic().fields });
  await form.save();
  await new Drift(page).expectWords(/^Matches what your provider publishes, checked/);
});

test("my provider moved: I adopt one change, ignore another, and that stays hidden", async ({
  page,
}) => {
  const fault = generic().faults.find(({ clientId }) => clientId === "fault-discovery-moved");
  const form = new LoginMethodForm(page);
  const drift = new Drift(page);
  await form.openNew("oidc");
  // As it was before the provider moved: typed, so that discovery leaves it alone.
  await form.fill("Token URL", `${base()}/token`);
  await form.open("Optional configurations");
  await form.fill("User info URL", `${base()}/me`);
  await form.fillFromDiscovery({
    name: "Moved",
    fields: { ...generic().fields, ...fault?.fields },
  });
  await form.save();

  await drift.expectWords(/^2 settings differ from what your provider publishes/);
  await expect(drift.row("Token URL")).toContainText(`${base()}/v2/token`);
  await expect(drift.row("User info URL")).toContainText(`${base()}/v2/me`);
  await expectAccessible(page, "a form that differs from discovery");

  await drift.row("User info URL").getByRole("button", { name: "Ignore" }).click();
  await drift.expectWords(/^One setting differs/);
  await expect(drift.row("User info URL")).toBeHidden();

  await drift.row("Token URL").getByRole("button", { name: "Adopt" }).click();
  await expect(form.field("Token URL")).toHaveValue(`${base()}/v2/token`);
  await expect(drift.row("Token URL")).toContainText("Adopted. Save to keep it.");
  await form.saveChanges();
  await drift.expectWords(/^Matches what your provider publishes/);

  await test.step("after a reload the ignored one is still hidden, and can be shown again", async () => {
    await page.reload();
    await drift.expectWords(/^Matches what your provider publishes/);
    await page.getByText("Ignored (1)").click();
    await page.getByRole("button", { name: "Stop ignoring the published User info URL" }).click();
    await expect(drift.row("User info URL")).toBeVisible();
  });

  await test.step("the Admin log has it", async () => {
    await page.goto("/logs/admin");
    await expect(
      page.getByRole("row").filter({ hasText: "Ignored a published value" }).first(),
    ).toBeVisible();
  });
});

test("a provider that does not answer keeps nobody from the form", async ({ page }) => {
  const fault = generic().faults.find(({ clientId }) => clientId === "fault-discovery-hang");
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillAll({
    name: "Silent discovery",
    fields: {
      ...generic().fields,
      auth_url: `${base()}/auth`,
      token_url: `${base()}/token`,
      certs_url: `${base()}/jwks`,
      ...fault?.fields,
    },
  });
  await form.save();
  await expect(form.field("Name")).toBeEnabled();
  await new Drift(page).expectWords(/could not be read\. .*did not answer in time/);
});
