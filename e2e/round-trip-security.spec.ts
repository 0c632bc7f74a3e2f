import type { Page } from "@playwright/test";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

const CALLBACK = /\/cdn-cgi\/access\/callback\?/;

/** Signs in at the provider and catches the way back before Gatehouse sees it. */
async function interceptCallback(tab: Page): Promise<string> {
  await tab.route(CALLBACK, (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>held back</title>" }),
  );
  const request = tab.waitForRequest(CALLBACK);
  await new PracticeSignIn(tab).signIn("ada");
  const url = (await request).url();
  await tab.unroute(CALLBACK);
  return url;
}

test("a callback that was used once is refused the second time", async ({ page, watch }) => {
  watch.expectConsole(/40\d/);
  const form = await addLoginMethod(page, "oidc", {
    name: "Replayed",
    fields: provider("generic").fields,
  });
  const tab = await form.test();
  const callback = await interceptCallback(tab);
  await tab.goto(callback);
  await new TestResult(tab).expectSuccess();

  await tab.goto(callback);
  await expect(tab).not.toHaveTitle(/connection works/);
  await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(tab.locator("body")).not.toContainText("ada@example.com");
});

test("a callback that somebody else's browser brings is refused", async ({
  page,
  otherBrowser,
  watch,
}) => {
  watch.expectConsole(/40\d/);
  const form = await addLoginMethod(page, "oidc", {
    name: "Stolen",
    fields: provider("generic").fields,
  });
  const callback = await interceptCallback(await form.test());
  const theirs = await (await otherBrowser()).newPage();
  const answer = await theirs.request.get(callback, { maxRedirects: 0 });
  expect(answer.status()).toBe(403);
  expect(await answer.text()).not.toContain("ada@example.com");
});

test("a ticket for a test works once", async ({ page, otherBrowser }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Ticketed",
    fields: provider("generic").fields,
  });
  const seen: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().includes("/test-idp/")) seen.push(request.url());
  });
  const tab = await form.test();
  await expect(new PracticeSignIn(tab).heading()).toBeVisible();
  expect(seen).toHaveLength(1);
  const theirs = await (await otherBrowser()).newPage();
  const answer = await theirs.request.get(seen[0] ?? "", { maxRedirects: 0 });
  expect(answer.status()).toBe(404);
});

test("another site cannot start a test in my name", async ({ page }) => {
  await addLoginMethod(page, "oidc", { name: "Forged", fields: provider("generic").fields });
  const start = `${new URL(page.url()).pathname}/tests/new`;
  for (const site of ["cross-site", "same-site"]) {
    const answer = await page.request.get(start, {
      maxRedirects: 0,
      headers: { "sec-fetch-site": site, "sec-fetch-mode": "navigate" },
    });
    expect(answer.headers().location ?? "", site).not.toContain("test-idp");
  }
});

test("a test makes no session for the person who signed in", async ({ page, otherBrowser }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "No session",
    fields: provider("generic").fields,
  });
  const result = await TestResult.signedInAs("bob", await form.test());
  await result.expectSuccess();
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => /CF_|authorization/i.test(name))).toEqual([]);
  for (const { name, httpOnly } of cookies) {
    if (/session|token|run|bind/i.test(name)) expect(httpOnly, name).toBe(true);
  }
  const theirs = await (await otherBrowser()).newPage();
  await theirs.goto(result.page.url());
  await expect(theirs).toHaveURL(/\/login/);
});
