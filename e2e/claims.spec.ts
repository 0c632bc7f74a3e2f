import { expectAccessible } from "./harness/accessibility";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod, LoginMethodForm } from "./pages/login-method-form";
import { TestResult } from "./pages/test-result";

const URL_CLAIM = "https://acme.example/claims/department";
const NESTED = "org.unit.name";

const card = (page: TestResult["page"], title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

test("I use claims of a result, by awkward names and by path, and the next test returns them", async ({
  page,
}) => {
  test.slow();
  const form = await addLoginMethod(page, "oidc", {
    name: "Claims to use",
    fields: provider("generic").fields,
  });
  const first = await TestResult.signedInAs("ada", await form.test());
  await first.expectSuccess();
  await expect(card(first.page, "Came back, but not saved")).toContainText(URL_CLAIM);

  const changed = new LoginMethodForm(first.page);
  for (const claim of [URL_CLAIM, NESTED]) {
    await test.step(claim, async () => {
      const use = first.page.getByRole("link", { name: `Use this claim ${claim}`, exact: true });
      await use.click();
      await expect(changed.field("OIDC Claims")).toBeFocused();
      await expect(first.page.getByRole("button", { name: `Remove ${claim}` })).toBeVisible();
      await expect(first.page.getByText("Unsaved changes")).toBeVisible();
      await expectAccessible(first.page, "a form with a claim of a result");
      await changed.saveChanges();
      await first.page.goto(`${new URL(first.page.url()).pathname}/tests`);
      await first.page.getByRole("link", { name: "Your connection works!" }).first().click();
    });
  }

  await page.reload();
  const tags = page.getByRole("listitem");
  await expect(tags.filter({ hasText: URL_CLAIM })).toContainText("Seen in last test");
  const second = await TestResult.signedInAs("ada", await form.test());
  await second.expectSuccess();
  const returned = card(second.page, "Saved claims that came back");
  await expect(returned).toContainText(URL_CLAIM);
  await expect(returned).toContainText(NESTED);
  await expect(second.identity(URL_CLAIM)).toContainText("Engineering & more");
  await expect(second.identity(NESTED)).toContainText("Engineering unit");
  await expectAccessible(second.page, "a result with saved claims");
});

test("the JSON of a result can be searched", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Searched",
    fields: provider("generic").fields,
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  await result.page.getByRole("tab", { name: "get-identity" }).click();
  const panel = result.page.getByRole("tabpanel", { name: "get-identity" });
  await expect(panel).toContainText("ada@example.com");
  await panel.getByRole("searchbox").fill("oidc_fields");
  await expect(panel).not.toContainText("ada@example.com");
  await panel.getByRole("searchbox").fill("no such thing");
  await expect(panel.getByRole("status").first()).toContainText("Nothing in get-identity");
  const downloading = result.page.waitForEvent("download");
  await panel.getByRole("button", { name: /^Download/ }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^get-identity-[0-9a-f]{8}\.json$/);
});
