import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { TestResult } from "./pages/test-result";

const generic = () => provider("generic");

test("I add my provider by its discovery URL, test it, and see the claims", async ({ page }) => {
  test.slow();
  const list = new LoginMethods(page);
  await list.open();
  await list.addNew("OpenID Connect");

  const form = new LoginMethodForm(page);
  await form.fillFromDiscovery({ name: "Company SSO", fields: generic().fields });
  await expect(page.getByText(/^Filled .*Auth.*Token.*Certificate URL/)).toBeVisible();
  await expect(page.getByText("From discovery").first()).toBeVisible();
  await form.open("Optional configurations");
  for (const claim of ["groups", "org", "roles", "shoe_size"])
    await form.addTag("OIDC Claims", claim);
  await expectAccessible(page, "a filled form");
  await form.save();

  await list.goto();
  await expect(list.row("Company SSO")).toContainText("Never");
  const tab = await list.test("Company SSO");
  const result = await TestResult.signedInAs("ada", tab);
  await result.expectSuccess();
  await result.expectNoDebris();

  await test.step("the eight steps", async () => {
    for (const step of TestResult.steps) await expect(result.step(step)).toBeVisible();
  });
  await test.step("the identity, and where each value came from", async () => {
    await expect(result.identity("Email")).toContainText("ada@example.com");
    await expect(result.identity("Email")).toContainText("ID token");
    await expect(result.identity("Name")).toContainText("Ada Lovelace");
    await expect(result.identity("Groups")).toContainText("Zürich office");
  });
  await test.step("custom claims as the separate values that a policy can match", async () => {
    await expect(result.identity("groups")).toContainText("engineering");
    await expect(result.identity("org")).toContainText("org.unit.name");
    await expect(result.identity("org")).toContainText("São Paulo");
    await expect(result.identity("roles")).toContainText("wiki");
  });
  await test.step("a saved claim that did not come", async () => {
    await expect(tab.getByText("Saved claims that did not come").first()).toBeVisible();
    await expect(tab.getByText("shoe_size").first()).toBeVisible();
  });
  await test.step("a claim that came and is not saved", async () => {
    await expect(tab.getByText("https://acme.example/claims/department").first()).toBeVisible();
  });
  await test.step("the raw JSON", async () => {
    for (const name of ["ID token payload", "ID token header", "User info", "oidc_fields"]) {
      await tab.getByRole("tab", { name }).click();
      await expect(tab.getByRole("tabpanel", { name })).toBeVisible();
    }
  });
  await expectAccessible(tab, "a test result");

  await test.step("the tab where I pressed Test followed it", async () => {
    await expect(page.getByText("Your connection works!")).toBeVisible();
  });
  await test.step("the list remembers it", async () => {
    await list.goto();
    await expect(list.row("Company SSO")).toContainText("Passed");
  });
});

test("I type the three addresses by hand, without discovery", async ({ page }) => {
  const { fields, hostPort } = generic();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillAll({
    name: "By hand",
    fields: {
      client_id: fields.client_id ?? "",
      client_secret: fields.client_secret ?? "",
      auth_url: `http://${hostPort}/auth`,
      token_url: `http://${hostPort}/token`,
      certs_url: `http://${hostPort}/jwks`,
    },
  });
  await form.save();
  const result = await TestResult.signedInAs("bob", await form.test());
  await result.expectSuccess();
  await expect(result.identity("Email")).toContainText("bob@example.com");
});

test("I paste only the issuer, and the well-known document is found", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.discover("Discovery URL", `http://${generic().hostPort}/`);
  await expect(form.field("Token URL")).toHaveValue(/\/token$/);
});

test("discovery never overwrites what I typed, and can be undone", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  const mine = "https://mine.example/token";
  await form.fill("Token URL", mine);
  await form.discover("Discovery URL", generic().fields.discovery_url ?? "");
  await expect(form.field("Auth URL")).not.toHaveValue("");
  await expect(form.field("Token URL")).toHaveValue(mine);
  await page.getByRole("button", { name: /^Use/ }).first().click();
  await expect(form.field("Token URL")).toHaveValue(/\/token$/);
  await expect(form.field("Token URL")).not.toHaveValue(mine);
});

const BROKEN_DISCOVERY = [
  { id: "fault-discovery-html", says: /web page/ },
  { id: "fault-discovery-huge", says: /large/ },
  { id: "fault-discovery-redirect-other-host", says: /redirect|another (host|address)|leads/i },
  { id: "fault-discovery-partial", says: /jwks_uri/ },
  { id: "fault-discovery-wrong-issuer", says: /issuer/i },
  { id: "fault-discovery-hang", says: /did not answer|in time|seconds/ },
];
for (const { id, says } of BROKEN_DISCOVERY) {
  test(`a discovery document that is wrong (${id}) is explained in the form`, async ({ page }) => {
    const fault = generic().faults.find(({ clientId }) => clientId === id);
    const form = new LoginMethodForm(page);
    await form.openNew("oidc");
    await form.discover("Discovery URL", fault?.fields?.discovery_url ?? "");
    await expect(form.discovery(says)).toBeVisible();
    await expect(page.locator("main")).not.toContainText("undefined");
  });
}

test("an empty form says field by field what is missing, and keeps what I typed", async ({
  page,
}) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fill("Name", "Half done");
  await form.trySave();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeVisible();
  await expect(summary.getByRole("link", { name: /App ID/ })).toBeVisible();
  await summary.getByRole("link", { name: /App ID/ }).click();
  await expect(form.field("App ID")).toBeFocused();
  await expect(form.field("Name")).toHaveValue("Half done");
  await expectAccessible(page, "a form with mistakes");
});

test("a private address is refused, with the way to allow it", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.discover("Discovery URL", "https://169.254.169.254/.well-known/openid-configuration");
  await expect(form.discovery(/private|link-local|not reached/i)).toBeVisible();
});
