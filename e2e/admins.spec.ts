import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { Account, acceptInvitation } from "./pages/account";
import { addLoginMethod } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { Palette } from "./pages/palette";
import { SignIn } from "./pages/sign-in";

const password = "a long enough passphrase";

test("I invite an admin, who joins with the link and works at once", async ({
  page,
  otherBrowser,
}) => {
  const account = new Account(page);
  await account.goto();
  const link = await account.invite("grace@example.com", "Admin");
  await expectAccessible(page, "Account");

  const theirs = await (await otherBrowser()).newPage();
  await acceptInvitation(theirs, link, { name: "Grace Hopper", password });
  await new LoginMethods(theirs).open();
  await expect(theirs.getByRole("link", { name: "Add new" }).first()).toBeVisible();
  await theirs.goto("/settings/account");
  await expect(theirs.getByRole("button", { name: "Invite an admin" })).toBeHidden();

  await test.step("the link works once", async () => {
    const late = await (await otherBrowser()).newPage();
    await late.goto(link);
    await expect(late.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
    await expect(late.getByRole("button", { name: "Join" })).toBeHidden();
  });
});

test("a read-only admin sees everything and can change nothing", async ({ page, otherBrowser }) => {
  const { fields } = provider("generic");
  await addLoginMethod(page, "oidc", { name: "Seen by all", fields });
  const formUrl = page.url();
  const account = new Account(page);
  await account.goto();
  const link = await account.invite("reader@example.com", "Read-only");

  const theirs = await (await otherBrowser()).newPage();
  await acceptInvitation(theirs, link, { name: "Rita Reader", password });
  await new LoginMethods(theirs).open();
  await expect(theirs.getByText("You can look, not change.")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Seen by all", exact: true })).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Add new" })).toBeHidden();
  await expect(theirs.getByRole("link", { name: /^Test/ })).toBeHidden();
  await theirs.goto(formUrl);
  await expect(theirs.getByRole("button", { name: "Save", exact: true })).toBeHidden();

  await test.step("nor by an address that they know", async () => {
    const answer = await theirs.request.get(`${new URL(formUrl).pathname}/tests/new`, {
      maxRedirects: 0,
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect([403, 302, 303, 307]).toContain(answer.status());
    expect(answer.headers().location ?? "").not.toContain("test-idp");
    for (const path of ["", "/oidc", "/oidc?copy=1"]) {
      const form = await theirs.request.get(`/settings/authentication/login-methods/new${path}`);
      expect(form.status()).toBe(403);
      expect(await form.text()).toContain("Your role does not allow this");
    }
  });

  await test.step("and the palette offers them only what they may do", async () => {
    const palette = new Palette(theirs);
    await palette.open();
    await palette.find("seen by all", "Seen by all");
    await expect(palette.dialog.getByRole("option", { name: /^(Add|Test Seen)/ })).toHaveCount(0);
    await theirs.keyboard.press("Escape");
    await theirs.keyboard.press("c");
    await expect(theirs).toHaveURL(formUrl);
  });
});

test("an admin whom I remove is signed out at once", async ({ page, otherBrowser }) => {
  const account = new Account(page);
  await account.goto();
  const link = await account.invite("leaver@example.com", "Admin");
  const theirs = await (await otherBrowser()).newPage();
  await acceptInvitation(theirs, link, { name: "Lee Leaver", password });

  await account.goto();
  await account.remove("Lee Leaver");
  await expect(account.row("leaver@example.com")).toBeHidden();
  await theirs.goto("/settings/authentication");
  await expect(theirs).toHaveURL(/\/login/);
  await new SignIn(theirs).attempt("leaver@example.com", password);
  await expect(theirs.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
});

test("changing my password ends my sessions elsewhere", async ({ page, otherBrowser }) => {
  const account = new Account(page);
  await account.goto();
  const link = await account.invite("mover@example.com", "Admin");
  const here = await (await otherBrowser()).newPage();
  await acceptInvitation(here, link, { name: "Mo Mover", password });
  const elsewhere = await (await otherBrowser()).newPage();
  const signIn = new SignIn(elsewhere);
  await signIn.goto();
  await signIn.signIn("mover@example.com", password);

  await here.goto("/profile");
  await here.getByLabel("Current password").fill(password);
  await here.getByLabel("New password").fill("another long passphrase");
  await here.getByRole("button", { name: "Change password" }).click();
  await expect(here.getByText("Changed. Your other sessions are over.")).toBeVisible();
  await here.goto("/");
  await expect(here.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await elsewhere.goto("/");
  await expect(elsewhere).toHaveURL(/\/login/);
});

test("the last owner cannot be removed", async ({ page }) => {
  const account = new Account(page);
  await account.goto();
  await page.getByRole("button", { name: "Actions for Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(page.getByRole("dialog")).toContainText("the last owner");
  await expect(page.getByRole("button", { name: /^Remove/ })).toBeHidden();
});
