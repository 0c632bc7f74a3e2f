import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { Checks } from "./pages/checks";
import { LoginMethodForm } from "./pages/login-method-form";

const fieldsOf = (clientId?: string): Record<string, string> => ({
  ...provider("generic").fields,
  ...(clientId && { client_id: clientId }),
});

test("I check a form before I save it: the wrong way to send the secret is switched", async ({
  page,
}) => {
  const form = new LoginMethodForm(page);
  const checks = new Checks(page);
  await form.openNew("oidc");

  await test.step("an empty form says what has to be filled in first", async () => {
    await checks.run();
    await checks.expectSummary(/fields have to be filled in first/);
    await page.getByRole("link", { name: /^App ID: Enter the App ID/ }).click();
    await expect(form.field("App ID")).toBeFocused();
  });

  await form.fillFromDiscovery({ name: "", fields: fieldsOf("variant-basic") });
  await checks.run();
  await checks.expectSummary(/^Found 1 problem/);
  const problem = checks.item(/POST is refused, Basic is accepted/);
  await expect(problem).toContainText("Problem:");
  await expect(problem).toContainText("Sent a token request with a made-up code to http://");
  await expectAccessibleEverywhere(page, "a form with a problem that a check found");

  await test.step("the remedy changes the form, saves nothing, and checks again", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await problem.getByRole("button", { name: "Switch to Basic" }).click();
    await checks.expectSummary(/^Nothing wrong was found/);
    await form.open("Optional configurations");
    await expect(form.field("Token endpoint authentication")).toHaveValue("client_secret_basic");
    await expect(page.getByText("Edited by check")).toBeVisible();
    await expect(page).toHaveURL(/\/new\/oidc/);
  });

  await test.step("each good mark says how it came about", async () => {
    const accepted = checks.item(/App ID and Client secret are accepted by Basic/);
    await expect(accepted).toContainText("OK:");
    await accepted.getByText("are accepted by Basic").click();
    await expect(accepted).toContainText("as a control with a wrong secret");
    await expect(checks.item(/App ID and Callback URL are registered/)).toBeVisible();
    await expectAccessible(page, "a form with nothing wrong");
  });

  await test.step("a change makes the result an old one", async () => {
    await form.fill("App ID", "somebody-else");
    await expect(page.getByText("The form has changed since.")).toBeVisible();
  });
});

const FINDINGS = [
  { id: "fault-unregistered-callback", says: /The Callback URL is probably not registered/ },
  { id: "variant-code-first", says: /Your provider does not reveal whether/ },
  { id: "fault-secret-echo", says: /App ID or Client secret was not accepted/ },
  { id: "fault-expired", says: /The clocks differ by more than the clock tolerance/ },
];
for (const { id, says } of FINDINGS) {
  test(`a check tells what is wrong with ${id} before anybody signs in`, async ({ page }) => {
    const form = new LoginMethodForm(page);
    const checks = new Checks(page);
    await form.openNew("oidc");
    await form.fillFromDiscovery({ name: "", fields: fieldsOf(id) });
    await checks.run();
    await expect(checks.item(says)).toBeVisible();
    await expect(page.locator("main")).not.toContainText("undefined");
    await expect(checks.item(/./).first()).not.toContainText(fieldsOf().client_secret ?? "-");
  });
}

test("a check that takes long can be cancelled, with the keyboard", async ({ page }) => {
  const form = new LoginMethodForm(page);
  const checks = new Checks(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "", fields: fieldsOf("fault-token-hang") });
  await page.getByRole("button", { name: "Check configuration" }).focus();
  await page.keyboard.press("Enter");
  await checks.expectSummary(/^Asking your provider/);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Cancel the check" })).toBeFocused();
  await page.keyboard.press("Enter");
  await checks.expectSummary(/The check was cancelled/);
});

test("a saved secret is used for the check without being typed again", async ({ page }) => {
  const form = new LoginMethodForm(page);
  const checks = new Checks(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Checked later", fields: fieldsOf() });
  await form.save();
  await checks.run();
  await checks.expectSummary(/^Nothing wrong was found/);

  await test.step("but goes to no new address", async () => {
    await form.fill("Token URL", "https://elsewhere.example.com/token");
    await checks.run();
    await expect(page.getByText(/a stored secret is never sent to a new address/)).toBeVisible();
  });
});
