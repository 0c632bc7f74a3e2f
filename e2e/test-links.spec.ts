import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider, readLog } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestLinks } from "./pages/test-links";
import { TestResult } from "./pages/test-result";

const INVITES = /asks you to try signing in with/;

test("a colleague without an account tries a sign-in, and the result is in my console", async ({
  page,
  otherBrowser,
}) => {
  test.slow();
  await addLoginMethod(page, "oidc", { name: "To be tried", fields: provider("generic").fields });
  const links = new TestLinks(page);
  await links.goto();
  const url = await links.share();
  expect(url).toMatch(/^http:\/\/localhost:\d+\/cdn-cgi\/access\/test\/[\w-]{43}$/);
  await expect(links.row("Unused")).toBeVisible();
  await expectAccessibleEverywhere(page, "the page of tests with a link");

  const theirs = await otherBrowser();
  const tab = await theirs.newPage();
  await test.step("the link asks first, without any script", async () => {
    await tab.goto(url);
    await expect(tab.getByRole("heading", { level: 1, name: INVITES })).toBeVisible();
    await expect(tab.getByText("no account and no session")).toBeVisible();
    await expectAccessibleEverywhere(tab, "the page of a test link");
  });
  await test.step("one press leads to the provider and back", async () => {
    await tab.keyboard.press("Tab");
    await expect(tab.getByRole("button", { name: "Sign in with To be tried" })).toBeFocused();
    await tab.keyboard.press("Enter");
    await new PracticeSignIn(tab).signIn("bob");
    const done = tab.getByRole("heading", { level: 1, name: "Your connection works!" });
    await expect(done).toBeVisible();
    expect(await tab.content()).not.toContain("bob@example.com");
    expect(tab.url()).not.toContain("state=");
    await expectAccessible(tab, "the end of a test link");
  });
  await test.step("it made no session", async () => {
    await tab.goto("/");
    await expect(tab).toHaveURL(/\/login/);
  });
  await test.step("it works once", async () => {
    const answer = await theirs.request.get(url);
    expect(answer.status()).toBe(410);
    expect(await answer.text()).toContain("was used already");
  });
  await test.step("the result is in the console", async () => {
    await page.reload();
    await expect(links.row("Used")).toBeVisible();
    const history = page.getByRole("table", { name: "Tests of To be tried" });
    await expect(history).toContainText("by link of Ada Lovelace");
    await expect(history).toContainText("bob@example.com");
    await history.getByRole("link", { name: "Your connection works!" }).click();
    await expect(new TestResult(page).identity("Email")).toContainText("bob@example.com");
  });
  await test.step("and in the Admin log; the token is in no log", async () => {
    await page.goto("/logs/admin?action=test_link.use");
    await expect(page.getByRole("row").filter({ hasText: "Used a test link" })).not.toHaveCount(0);
    expect(readLog()).not.toContain(url.split("/").at(-1));
  });
});

test("a provider's admin reads what to change", async ({ page, otherBrowser }) => {
  await addLoginMethod(page, "oidc", { name: "Misconfigured", fields: provider("generic").fields });
  const links = new TestLinks(page);
  await links.goto();
  const url = await links.share(undefined, "1 hour");
  const tab = await (await otherBrowser()).newPage();
  await tab.goto(url);
  await tab.getByRole("button", { name: /^Sign in with/ }).click();
  await new PracticeSignIn(tab).signIn("eve");
  await expect(tab.getByRole("heading", { level: 1, name: /email/i })).toBeVisible();
  await expect(tab.getByRole("heading", { name: "What to do" })).toBeVisible();
  const text = await tab.locator("main").textContent();
  expect(text).toContain(provider("generic").fields.client_id);
  expect(text).toContain("/cdn-cgi/access/callback");
  expect(text).not.toMatch(/Eve Adams|Support|undefined/);
  await expectAccessibleEverywhere(tab, "a failed test by a link");
});

test("a revoked link is like none", async ({ page, otherBrowser, watch }) => {
  await addLoginMethod(page, "oidc", { name: "Taken back", fields: provider("generic").fields });
  const links = new TestLinks(page);
  await links.goto();
  const url = await links.share(undefined, "7 days");
  await links.revoke();
  await expect(links.row("Revoked")).toBeVisible();
  watch.expectConsole(/404/);
  const theirs = await otherBrowser();
  const answer = await theirs.request.get(url);
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("does not work");
});

test("settings that are not saved can be tried by link", async ({ page, otherBrowser }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: "Unsaved", fields: provider("generic").fields });
  const url = await new TestLinks(page).share(/^Share as test link/);
  const tab = await (await otherBrowser()).newPage();
  await tab.goto(url);
  await tab.getByRole("button", { name: "Sign in with Unsaved" }).click();
  await new PracticeSignIn(tab).signIn("ada");
  await expect(tab.getByRole("heading", { name: "Your connection works!" })).toBeVisible();
  await expect(form.field("Name")).toHaveValue("Unsaved");
  await form.save();
  await new TestLinks(page).goto();
  await expect(page.getByRole("table", { name: "Tests of Unsaved" })).toContainText("by link of");
});
