import { expectAccessible } from "./harness/accessibility";
import { owner, readLog, stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { SetUp } from "./pages/set-up";

test.use({ signedIn: false });
test.describe.configure({ mode: "serial" });

const teamName = "acme";

/** The link that the server prints for its operator; the newest one counts. */
function setUpLink(): string {
  const links = readLog().match(/http\S+\/setup#token=\S+/g);
  expect(links, "the log holds the set-up link").not.toBeNull();
  return links?.at(-1) ?? "";
}

test("whatever I open first, I am led to set-up", async ({ page }) => {
  for (const path of ["/", "/login", "/settings/authentication"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/setup$/);
  }
  await expect(page.getByRole("heading", { name: "Set up Gatehouse" })).toBeVisible();
  await expectAccessible(page, "set-up");
});

test("without the token from the log nobody becomes the owner", async ({ page }) => {
  const setUp = new SetUp(page);
  await page.goto("/setup");
  await setUp.unlock("zt-setup-guessed");
  await expect(page.getByText("That token does not match.").first()).toBeVisible();
  await expect(setUp.step("Unlock")).toBeVisible();
});

test("I open the link from the log, make the first owner and name the team", async ({ page }) => {
  const link = new URL(setUpLink());
  expect(link.origin, "the link leads to this installation").toBe(stage().url);
  const setUp = new SetUp(page);
  await page.goto(link.href);
  await expect(page.getByLabel("Setup token")).not.toHaveValue("");
  await setUp.continue();
  await expect(setUp.step("Admin")).toBeVisible();

  await setUp.continue();
  await expect(page.getByRole("alert").getByText("There is a problem")).toBeVisible();
  await expect(page.getByText("Use at least 15 characters").first()).toBeVisible();
  await expectAccessible(page, "set-up with mistakes");

  await setUp.finish({ ...owner, teamName });
  await expect(page.getByText(teamName, { exact: true }).first()).toBeVisible();
  await page.context().storageState({ path: stage().ownerState });
});

test("once there is an owner, set-up is gone and its token is worthless", async ({
  page,
  watch,
}) => {
  watch.expectConsole(/404/);
  const answer = await page.goto("/setup");
  expect(answer?.status()).toBe(404);
});
