import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";

const NEW = "/settings/authentication/login-methods/new";
const TYPES = [
  "OpenID Connect",
  "Okta",
  "authentik",
  "Keycloak",
  "Microsoft Entra ID",
  "Google",
  "Google Workspace",
  "Auth0",
  "OneLogin",
  "PingOne",
  "JumpCloud",
  "GitHub",
  "GitLab",
  "Zitadel",
];

test("the chooser shows every type with its protocol, and finds one by an old name", async ({
  page,
}) => {
  await page.goto(NEW);
  for (const name of TYPES) {
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  }
  const cards = page.getByRole("main").getByRole("listitem");
  await expect(cards.filter({ hasText: "GitHub" })).toContainText("OAuth 2.0");
  await expect(cards.filter({ hasText: "PingOne" })).toContainText("OpenID Connect");

  const search = page.getByRole("searchbox", { name: "Search types" });
  await search.fill("Azure AD");
  await expect(page.getByRole("link", { name: "Okta", exact: true })).toBeHidden();
  await expect(page.getByText("Enter opens Microsoft Entra ID.")).toBeVisible();
  await search.press("Enter");
  await expect(
    page.getByRole("heading", { level: 1, name: "Add Microsoft Entra ID" }),
  ).toBeVisible();
});

test("a search that finds nothing leads to OpenID Connect", async ({ page }) => {
  await page.goto(NEW);
  const search = page.getByRole("searchbox", { name: "Search types" });
  await search.fill("Nobody's IdP");
  await expect(page.getByText(/Your provider speaks OpenID Connect\?/)).toBeVisible();
  await expectAccessible(page, "the chooser without a match");
  await search.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${NEW}$`));
  await page.getByRole("link", { name: "Use OpenID Connect" }).click();
  await expect(page).toHaveURL(new RegExp(`${NEW}/oidc$`));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the chooser searches, and the list of login methods shows", async ({ page }) => {
    await page.goto(NEW);
    await page.getByRole("searchbox", { name: "Search types" }).fill("ping identity");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\?search=ping\+identity$/);
    await expect(page.getByRole("link", { name: "Okta", exact: true })).toBeHidden();
    await page.getByRole("link", { name: "PingOne", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Add PingOne" })).toBeVisible();

    await page.goto("/settings/authentication");
    await expect(page.getByRole("heading", { level: 2, name: "Login methods" })).toBeVisible();
    await expect(page.getByText("Loading")).toBeHidden();
  });
});

const FORMS = [
  { kind: "auth0", label: "Auth0 domain", value: "acme.eu.auth0.com" },
  { kind: "zitadel", label: "Zitadel URL", value: "https://acme.zitadel.cloud/ui/console" },
  {
    kind: "pingone",
    label: "Environment ID",
    value: "https://auth.pingone.eu/1b8fa467-e41d-402a-8702-990c92c1f89b/as",
  },
  { kind: "onelogin", label: "OneLogin account URL", value: "acme" },
  { kind: "jumpcloud", label: "App ID", value: "app" },
];
for (const { kind, label, value } of FORMS) {
  test(`the form of ${kind} works out what it can, and can be used by everyone`, async ({
    page,
  }) => {
    test.slow();
    const form = new LoginMethodForm(page);
    await form.openNew(kind);
    await form.discover(label, value);
    await expectAccessible(page, `the form of ${kind}`);
  });
}

test("PingOne's issuer, pasted whole, becomes the environment and its region", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("pingone");
  const id = "1b8fa467-e41d-402a-8702-990c92c1f89b";
  await form.discover("Environment ID", `https://auth.pingone.eu/${id}/as`);
  await expect(form.field("Environment ID")).toHaveValue(id);
  await expect(form.field("Region")).toHaveValue("eu");
});

test("I duplicate a login method: its settings come along, its secret does not", async ({
  page,
}) => {
  const { fields } = provider("generic");
  await addLoginMethod(page, "oidc", { name: "Original", fields });
  const list = new LoginMethods(page);
  await list.goto();
  await list.choose("Original", "Duplicate");
  await expect(page.getByText("This form begins with the settings of Original.")).toBeVisible();
  await expect(page.getByText("Secrets are not copied. Enter: Client secret.")).toBeVisible();
  await expectAccessible(page, "the form of a copy");
  const form = new LoginMethodForm(page);
  await expect(form.field("Name")).toHaveValue("Original (copy)");
  await expect(form.field("App ID")).toHaveValue(fields.client_id ?? "");
  await expect(form.field("Token URL")).not.toHaveValue("");
  await expect(form.field("Client secret")).toHaveValue("");
  await form.fill("Client secret", fields.client_secret ?? "");
  await form.save();
  await list.goto();
  await expect(list.row("Original (copy)")).toHaveCount(1);
});

test("I copy a login method as JSON and as a request, and its secret is in neither", async ({
  page,
  context,
  plantSecret,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { fields } = provider("generic");
  const secret = plantSecret("copied-login-method");
  await addLoginMethod(page, "oidc", {
    name: "Taken elsewhere",
    fields: { ...fields, client_secret: secret },
  });
  const list = new LoginMethods(page);
  await list.goto();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());

  await list.choose("Taken elsewhere", "Copy as JSON");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Copied to the clipboard")).toBeVisible();
  await expectAccessible(page, "the copy dialog");
  const json = JSON.parse(await copied());
  expect(json).toMatchObject({
    name: "Taken elsewhere",
    type: "oidc",
    config: { client_id: fields.client_id },
    gatehouse: { kind: "oidc" },
  });
  expect(JSON.stringify(json)).not.toContain(secret);
  await expect(
    dialog.getByText(/Secrets are never copied: Client secret is not in it/),
  ).toBeVisible();
  await page.keyboard.press("Escape");

  await list.choose("Taken elsewhere", "Copy as POST request");
  await expect(dialog.getByText("Copied to the clipboard")).toBeVisible();
  const request = await copied();
  expect(request).toContain("https://api.cloudflare.com/client/v4/accounts/$ACCOUNT_ID/");
  expect(request).toContain("REPLACE_WITH_THE_CLIENT_SECRET");
  expect(request).not.toContain(secret);
});

test("after a new name is saved, the tab has it too", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Old title",
    fields: provider("generic").fields,
  });
  await expect(page).toHaveTitle(/^Old title/);
  await form.fill("Name", "New title");
  await form.saveChanges();
  await expect(page).toHaveTitle(/^New title/);
});
