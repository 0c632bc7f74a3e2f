import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { TestResult } from "./pages/test-result";

const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

for (const { id, type } of [
  { id: "gitlab", type: "GitLab" },
  { id: "github", type: "GitHub" },
] as const) {
  test(`I add ${type} with the values of ${id} and its test passes`, async ({ page }) => {
    const { fields, label } = provider(id);
    const list = new LoginMethods(page);
    await list.open();
    await list.addNew(type);
    const form = new LoginMethodForm(page);
    await form.fillAll({ name: label, fields });
    await form.save();
    const result = await TestResult.signedInAs("ada", await form.test());
    await result.expectSuccess();
    await expect(result.identity("Email")).toContainText("ada@example.com");
    await expect(result.identity("Groups")).toContainText("practice/engineering");
    await result.expectNoDebris();
  });
}

test("GitHub: the steps that need an ID token are skipped, and say why", async ({ page }) => {
  const { fields } = provider("github");
  const form = new LoginMethodForm(page);
  await form.openNew("github");
  await form.fillAll({ name: "GitHub without OpenID Connect", fields });
  await form.save();
  const result = await TestResult.signedInAs("mallory", await form.test());
  await result.expectDiagnosis("This account has no verified primary email address");
  for (const step of ["Load signing keys", "Verify ID token"] as const) {
    await expect(result.step(step)).toContainText("OAuth 2.0 without OpenID Connect");
  }
});

for (const id of ["entra", "google"] as const) {
  test(`I add the ${id}-like provider as OpenID Connect, as its note says`, async ({ page }) => {
    const { fields, label, note } = provider(id);
    expect(note).toContain("Add it as OpenID Connect");
    const form = await addLoginMethod(page, "oidc", { name: label, fields });
    const result = await TestResult.signedInAs("ada", await form.test());
    await result.expectSuccess();
    await expect(result.identity("Email")).toContainText("ada@example.com");
  });
}

test("Entra: any tenant needs a list of tenants, and one tenant does not show it", async ({
  page,
}) => {
  const form = new LoginMethodForm(page);
  await form.openNew("entra");
  await form.fillAll({ name: "Entra", fields: { client_id: "app", client_secret: "s3cret" } });
  await form.fill("Directory \\(tenant\\) ID", TENANT);
  await expect(form.field("Allowed tenants")).toBeHidden();
  await form.fill("Directory \\(tenant\\) ID", "common");
  await expect(form.field("Allowed tenants")).toBeVisible();
  await form.trySave();
  await expect(page.getByText(/everyone with a Microsoft account could/).first()).toBeVisible();
});

test("Google Workspace refuses the domain of private accounts", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("google_workspace");
  await form.fillAll({ name: "Workspace", fields: { client_id: "app", client_secret: "s3cret" } });
  await form.fill("Google Workspace domain", "ada@gmail.com");
  await form.trySave();
  await expect(page.getByText(/is for private accounts/).first()).toBeVisible();
});
