import { expectAccessibleEverywhere } from "./harness/accessibility";
import { stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication } from "./pages/access";

const HOST = "reported.localhost:4010";

test("I read which proxy asks wrongly, go to the configuration that is right, and dismiss it", async ({
  page,
}) => {
  await addApplication(page, { name: "Behind a bad proxy", host: HOST, policies: [] });
  // As nginx asks whose configuration lacks X-Original-Method.
  const answer = await fetch(`${stage().url}/forward-auth/nginx`, {
    headers: { "x-original-url": `http://${HOST}/notes`, "x-forwarded-for": "192.0.2.7" },
  });
  expect(answer.ok).toBe(false);

  const report = page
    .getByRole("list", { name: "Misconfigured proxies" })
    .getByRole("listitem")
    .filter({ hasText: HOST });
  await expect(async () => {
    await page.goto("/access/applications");
    await expect(report).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(report).toContainText("nginx leaves out a header that the gate needs");
  await expect(report).toContainText(/Once, last .+, from (127\.0\.0\.1|::1)/);
  await expect(report).toContainText("X-Original-Method");
  await expectAccessibleEverywhere(page, "the applications with a report about a proxy");

  await report.getByRole("link", { name: "nginx configuration of Behind a bad proxy" }).click();
  await expect(page.getByLabel("Proxy", { exact: true })).toHaveValue("nginx");
  await expect(page.locator("#config-0")).toContainText("X-Original-Method");
  await page.goBack();

  await report.getByRole("button", { name: /^Dismiss/ }).click();
  await expect(report).toBeHidden();
  await page.reload();
  await expect(page.getByRole("link", { name: "Behind a bad proxy" })).toBeVisible();
  await expect(report).toBeHidden();
});
