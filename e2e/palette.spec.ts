import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { Palette } from "./pages/palette";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

const fields = () => provider("generic").fields;

const PAGES = [
  ["identity providers", "Login methods", /\/settings\/authentication$/],
  ["integrations", "Login methods", /\/settings\/authentication$/],
  ["team name", "Team name", /\/settings\/custom-pages\?highlight=team-name$/],
  ["team domain", "Team domain", /\/settings\/custom-pages\?highlight=team-domain$/],
  ["admin activity logs", "Admin log", /\/logs\/admin$/],
] as const;

test("I find pages by Cloudflare's names, old and new, with the keyboard alone", async ({
  page,
}) => {
  test.slow();
  const palette = new Palette(page);
  await page.goto("/profile");
  for (const [query, label, address] of PAGES) {
    await palette.open();
    await palette.find(query, label);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(address);
    await expect(palette.dialog).toBeHidden();
  }
});

test("the arrow keys move, what there is gets announced, and Escape gives the focus back", async ({
  page,
}) => {
  await page.goto("/");
  const search = page.getByRole("button", { name: "Search" });
  const palette = new Palette(page);
  // The login methods come a moment later, and would move what is selected.
  const complete = page.waitForResponse(/\/api\/palette/);
  await expect(async () => {
    await search.click();
    await expect(palette.field).toBeFocused({ timeout: 2000 });
  }).toPass();
  await complete;
  await palette.find("add", "Add an application");
  await page.keyboard.press("ArrowDown");
  await expect(palette.selected).not.toContainText("Add an application");
  const id = await palette.selected.getAttribute("id");
  await expect(palette.field).toHaveAttribute("aria-activedescendant", id ?? "none");
  await page.keyboard.press("ArrowUp");
  await expect(palette.selected).toContainText("Add an application");
  await page.keyboard.press("ArrowUp");
  await expect(palette.dialog.getByRole("option").last()).toHaveAttribute("aria-selected", "true");

  await palette.field.fill("nothing like this");
  await expect(palette.dialog.getByRole("status").filter({ hasText: "No results" })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(palette.dialog).toBeVisible();
  await palette.field.fill("sign out");
  await expect(
    palette.dialog.getByRole("status").filter({ hasText: /^\d+ results?/ }),
  ).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toBeHidden();
  await expect(search).toBeFocused();
});

test("I test, open and list the tests of a login method from anywhere", async ({ page }) => {
  test.slow();
  await addLoginMethod(page, "oidc", { name: "Found by typing", fields: fields() });
  await page.goto("/logs/admin");
  const palette = new Palette(page);

  await palette.open();
  await palette.find("test found by", "Test Found by typing");
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("Enter");
  const tab = await opened;
  await new PracticeSignIn(tab).signIn("ada");
  await new TestResult(tab).expectSuccess();
  await tab.close();

  await palette.open();
  await expect(palette.dialog.getByRole("group", { name: "Recent" })).toContainText(
    "Test Found by typing",
  );
  await palette.find("found by typing", "Found by typing");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Found by typing" })).toBeVisible();
});

test("the palette copies the callback URL and switches the theme", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  const palette = new Palette(page);
  await palette.open();
  await palette.find("callback", "Copy callback URL");
  await page.keyboard.press("Enter");
  await expect(palette.dialog.getByText("Callback URL copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /\/cdn-cgi\/access\/callback$/,
  );
  await palette.find("dark", "Switch theme to Dark");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await page.getByRole("radio", { name: "System" }).check();
});

test("a jump from the palette, and a key, ask before unsaved changes are lost", async ({
  page,
}) => {
  const form = await addLoginMethod(page, "oidc", { name: "Guarded jump", fields: fields() });
  await form.fill("Name", "Guarded jump, edited");
  await expect(page.getByText("Unsaved changes")).toBeVisible();
  const palette = new Palette(page);
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });

  await palette.open();
  await palette.find("custom pages", "Custom Pages");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await expect(palette.dialog).toBeHidden();
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(form.field("Name")).toHaveValue("Guarded jump, edited");

  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/settings\/system$/);
});

test("the palette and the shortcuts can be used by everyone", async ({ page }) => {
  test.slow();
  await page.goto("/");
  const palette = new Palette(page);
  await palette.open();
  await expectAccessibleEverywhere(page, "the palette");
  await palette.field.fill("nothing like this");
  await expectAccessible(page, "the palette without results");
  await palette.find("keyboard shortcuts", "Show keyboard shortcuts");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessibleEverywhere(page, "the shortcuts");
});

test("single keys lead, never while I type, and can be switched off", async ({ page }) => {
  test.slow();
  await page.goto("/profile");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(sheet).toBeVisible({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(/\/settings\/authentication$/);
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/login-methods\/new$/);

  await expect(page.getByRole("searchbox")).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("gl?");
  await expect(page.getByRole("searchbox")).toHaveValue("gl?");
  await expect(sheet).toBeHidden();

  await page.goto("/profile");
  const keys = page.getByRole("switch", { name: "Single-key shortcuts" });
  await expect(keys).toBeChecked();
  await keys.uncheck();
  await page.reload();
  await expect(keys).not.toBeChecked();
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("?");
  await page.keyboard.press("c");
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/profile$/);
  await expect(sheet).toBeHidden();
  await keys.check();
});

const MOVED = [
  ["/integrations/identity-providers", "/settings/authentication"],
  ["/integrations/identity-providers/add", "/settings/authentication/login-methods/new"],
  ["/settings/authentication/identity-providers", "/settings/authentication"],
  ["/reusable-components/custom-pages", "/settings/custom-pages"],
  ["/settings/team-name", "/settings/custom-pages?highlight=team-name"],
  ["/settings/admin-controls", "/settings/account"],
  ["/insights/logs/admin", "/logs/admin"],
  [
    "/settings/authentication/login-methods/new/azureAD",
    "/settings/authentication/login-methods/new/entra",
  ],
  [
    "/integrations/identity-providers/add/google-apps",
    "/settings/authentication/login-methods/new/google_workspace",
  ],
] as const;

test("Cloudflare's addresses of our pages lead to them, with what follows the question mark", async ({
  page,
  request,
  baseURL,
}) => {
  for (const [from, to] of MOVED) {
    await page.goto(from);
    expect(page.url().replace(baseURL ?? "", ""), from).toBe(to);
  }
  const answer = await request.get("/integrations/identity-providers?ref=docs", {
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(308);
  expect(answer.headers().location).toMatch(/\/settings\/authentication\?ref=docs$/);
});

test("a form of a new login method names the field in its list of problems", async ({ page }) => {
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fill("Name", "x".repeat(101));
  await form.open("Optional configurations");
  await form.fill("Email claim name", "y".repeat(101));
  await form.trySave();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(
    summary.getByRole("link", { name: "Name: Use at most 100 characters", exact: true }),
  ).toBeVisible();
  await expect(
    summary.getByRole("link", { name: "Email claim name: Use at most 100 characters" }),
  ).toBeVisible();
});
