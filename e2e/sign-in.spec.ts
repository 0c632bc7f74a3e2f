import { expectAccessible } from "./harness/accessibility";
import { owner } from "./harness/stage";
import { expect, test } from "./harness/test";
import { SignIn } from "./pages/sign-in";

test.use({ signedIn: false });

test("I sign in and land where I wanted to go", async ({ page }) => {
  await page.goto("/settings/custom-pages");
  await expect(page).toHaveURL(/\/login\?/);
  await expectAccessible(page, "sign-in");
  await new SignIn(page).signIn(owner.email, owner.password);
  await expect(page).toHaveURL(/\/settings\/custom-pages$/);
});

test("I sign out, and the way back leads through the password", async ({ page }) => {
  const signIn = new SignIn(page);
  await signIn.goto();
  await signIn.signIn(owner.email, owner.password);
  await page.getByRole("button", { name: /^Profile of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/settings/authentication");
  await expect(page).toHaveURL(/\/login\?/);
});

test("a wrong password says so, keeps the email, and does not tell whether the account exists", async ({
  page,
}) => {
  const signIn = new SignIn(page);
  const said: string[] = [];
  for (const email of ["bea@example.com", "nobody@example.com"]) {
    await signIn.goto();
    await signIn.attempt(email, "not the password at all");
    await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
    said.push((await page.getByRole("alert").filter({ hasText: /\S/ }).textContent()) ?? "");
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
  expect(said[0]).toBe(said[1]);
});

test("who guesses passwords is slowed down, and a right one does not help then", async ({
  page,
}) => {
  const signIn = new SignIn(page);
  const email = "guessed@example.com";
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await signIn.goto();
    await signIn.attempt(email, `guess number ${attempt} of many`);
    await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  }
  await expect(page.getByText(/Too many attempts\. Try again in \d+ minutes?\./)).toBeVisible();
});

test("nobody can be sent elsewhere by a forged link to the sign-in page", async ({ page }) => {
  const signIn = new SignIn(page);
  for (const target of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
    await page.goto(`/login?callbackUrl=${encodeURIComponent(target)}`);
    await signIn.signIn(owner.email, owner.password);
    await expect(page).toHaveURL(/localhost:\d+\/$/);
    await page.context().clearCookies();
  }
});
