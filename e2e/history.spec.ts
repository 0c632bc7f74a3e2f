import { readFileSync } from "node:fs";
import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { provider, stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod } from "./pages/login-method-form";
import { TestResult } from "./pages/test-result";

test("the history tells what changed between two tests, and the result compares them", async ({
  page,
}) => {
  test.slow();
  const form = await addLoginMethod(page, "oidc", {
    name: "Changed between",
    fields: provider("generic").fields,
  });
  await (await TestResult.signedInAs("ada", await form.test())).expectSuccess();
  await form.open("Optional configurations");
  await form.addTag("OIDC Claims", "groups");
  await page.getByRole("switch", { name: /PKCE/ }).click();
  await form.saveChanges();
  const second = await TestResult.signedInAs("bob", await form.test());
  await second.expectSuccess();

  const compared = second.page.locator("section").filter({
    has: second.page.getByRole("heading", { name: /^Compared with the previous run/ }),
  });
  await expect(compared).toContainText("Proof Key for Code Exchange (PKCE)");
  await expect(compared).toContainText("Another person signed in");
  await expect(compared.getByRole("link", { name: "See the previous run" })).toBeVisible();
  await expectAccessibleEverywhere(second.page, "a result that is compared");

  await page.goto(`${new URL(page.url()).pathname}/tests`);
  const history = page.getByRole("table", { name: "Tests of Changed between" });
  await expect(history.getByRole("row").nth(1)).toContainText(
    /Proof Key for Code Exchange \(PKCE\) \((On → Off|Off → On)\)/,
  );
  await expect(history.getByRole("row").nth(1)).toContainText("OIDC Claims");
  await expect(history.getByRole("row").nth(2)).toContainText("–");
  await expectAccessible(page, "a history with changes");
});

test("a result is sent on as a report and as a trace, which name nobody unless asked to", async ({
  page,
  context,
  plantSecret,
}) => {
  const secret = plantSecret("reported");
  const form = await addLoginMethod(page, "oidc", {
    name: "Reported",
    fields: { ...provider("generic").fields, client_secret: secret },
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await expect(result.page.getByRole("heading", { name: "Report" })).toBeVisible();

  await test.step("copied", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: stage().url });
    await result.page.getByRole("button", { name: "Copy report" }).first().click();
    await expect(result.page.getByText("The report was copied.").first()).toBeAttached();
    const text = await result.page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(/^# Test of Reported: failed/);
    expect(text).toContain("Token URL");
    expect(text).not.toContain(secret);
  });
  await test.step("downloaded, as a trace that HAR viewers open", async () => {
    const downloading = result.page.waitForEvent("download");
    await result.page.getByRole("link", { name: "Download trace" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^gatehouse-test-[0-9a-f]{8}\.har$/);
    const text = readFileSync(await download.path(), "utf8");
    const { log } = JSON.parse(text);
    expect(log.version).toBe("1.2");
    expect(log.entries.length).toBeGreaterThan(1);
    expect(text).not.toContain(secret);
  });

  await test.step("of a test that passed: values only when asked for", async () => {
    const good = await addLoginMethod(page, "oidc", {
      name: "Reported well",
      fields: provider("generic").fields,
    });
    const passed = await TestResult.signedInAs("bob", await good.test());
    await passed.expectSuccess();
    const report = `${new URL(passed.page.url()).pathname}/report.md`;
    const read = async (query: string) => (await page.request.get(`${report}${query}`)).text();
    expect(await read("")).not.toMatch(/bob@example\.com|Noyce/);
    expect(await read("?values=1")).toContain("bob@example.com");
    await passed.page.getByRole("checkbox", { name: /^Include values/ }).check();
    await expect(passed.page.getByRole("link", { name: "Download report" })).toHaveAttribute(
      "href",
      `${report}?values=1`,
    );
  });
});

test("a report is for those who are signed in", async ({ page, otherBrowser }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Not for strangers",
    fields: provider("generic").fields,
  });
  const result = await TestResult.signedInAs("ada", await form.test());
  await result.expectSuccess();
  const theirs = await otherBrowser();
  for (const file of ["report.md", "trace.har"]) {
    const answer = await theirs.request.get(`${new URL(result.page.url()).pathname}/${file}`);
    expect(answer.status(), file).toBe(401);
    expect(await answer.text()).not.toContain("Not for strangers");
  }
});
