import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { TestResult } from "./pages/test-result";

const PRESETS = [
  { id: "okta", type: "Okta", login: "ada" },
  { id: "okta-custom", type: "Okta", login: "ada" },
  { id: "authentik", type: "authentik", login: "ada" },
  { id: "keycloak", type: "Keycloak", login: "ada" },
] as const;

for (const { id, type, login } of PRESETS) {
  test(`I add ${type} with the values of ${id} and its test passes`, async ({ page }) => {
    const { fields, label } = provider(id);
    const list = new LoginMethods(page);
    await list.open();
    await list.addNew(type);
    const form = new LoginMethodForm(page);
    await form.fillAll({ name: label, fields });
    await form.save();
    const result = await TestResult.signedInAs(login, await form.test());
    await result.expectSuccess();
    await expect(result.identity("Email")).toContainText("ada@example.com");
    await expect(result.identity("Groups")).toContainText("engineering");
    await result.expectNoDebris();
  });
}

test("I paste the whole application URL of authentik and it is taken apart", async ({ page }) => {
  const { fields } = provider("authentik");
  const form = new LoginMethodForm(page);
  await form.openNew("authentik");
  await form.fill(
    "authentik URL",
    `${fields.authentik_url}/application/o/${fields.application_slug}/`,
  );
  await form.field("App ID").focus();
  await expect(form.field("Application slug")).toHaveValue(fields.application_slug ?? "");
  await expect(form.field("Certificate URL")).toHaveValue(/\/jwks\/$/);
});

test("an Okta admin address is refused, with the right one", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("okta");
  await form.fillAll({
    name: "Okta by mistake",
    fields: {
      okta_account: "https://acme-admin.okta.com",
      client_id: "0oa1",
      client_secret: "s3cret",
    },
  });
  await form.trySave();
  await expect(page.getByText(/without -admin/).first()).toBeVisible();
});

test("the set-up guide holds this installation's own callback URL", async ({ page, baseURL }) => {
  for (const kind of ["oidc", "okta", "authentik", "keycloak"]) {
    await new LoginMethodForm(page).openNew(kind);
    const guide = page.getByRole("complementary", { name: /^Set up/ });
    await expect(guide.getByText(`${baseURL}/cdn-cgi/access/callback`)).toBeVisible();
  }
});

test("the chooser finds a type by what people call it", async ({ page }) => {
  await page.goto("/settings/authentication/login-methods/new");
  await page.getByRole("searchbox").fill("goauthentik");
  await expect(page.getByRole("link", { name: /authentik/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /Okta/ })).toBeHidden();
});

test("I test with a user of another kind each time, and every run is kept", async ({ page }) => {
  const { fields } = provider("keycloak");
  const form = await addLoginMethod(page, "keycloak", { name: "Runs", fields });
  for (const login of ["ada", "bob"]) {
    const result = await TestResult.signedInAs(login, await form.test());
    await result.expectSuccess();
    await result.page.close();
  }
  await page.goto(`${new URL(page.url()).pathname}/tests`);
  await expect(page.getByRole("row").filter({ hasText: "ada@example.com" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "bob@example.com" })).toBeVisible();
});
