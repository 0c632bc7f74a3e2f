import type { Page } from "@playwright/test";
import { provider } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addLoginMethod } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";
import { TestResult } from "./pages/test-result";

const CALLBACK = /\/cdn-cgi\/access\/callback\?/;

/** Signs in at the provider as bob with this browser's cookies, and keeps the way back to Gatehouse unvisited. */
async function holdBackCallback(tab: Page): Promise<string> {
  await expect(new PracticeSignIn(tab).heading()).toBeVisible();
  let url = tab.url();
  let answer = await tab.request.post(url, {
    form: { username: "bob", password: "practice" },
    maxRedirects: 0,
  });
  for (let hop = 0; hop < 5; hop += 1) {
    url = new URL(answer.headers().location ?? "", url).href;
    if (CALLBACK.test(url)) return url;
    answer = await tab.request.get(url, { maxRedirects: 0 });
  }
  throw new Error(`the provider did not send the browser back: ${url}`);
}

test("a callback that is used again is not exchanged again", async ({ page }) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Replayed",
    fields: provider("generic").fields,
  });
  const tab = await form.test();
  const callback = await holdBackCallback(tab);
  await tab.goto(callback);
  await new TestResult(tab).expectSuccess();
  const id = tab.url().split("/").at(-1);
  const read = async () => {
    const { now: _, ...run } = await (await page.request.get(`/api/test-runs/${id}`)).json();
    return run;
  };
  const before = await read();

  await tab.goto(callback);
  await new TestResult(tab).expectSuccess();
  expect(tab.url()).toContain(id);
  expect(await read()).toEqual(before);
});

test("a callback that somebody else's browser brings is refused and spoils the run", async ({
  page,
  otherBrowser,
}) => {
  const form = await addLoginMethod(page, "oidc", {
    name: "Stolen",
    fields: provider("generic").fields,
  });
  const tab = await form.test();
  const callback = await holdBackCallback(tab);
  const theirs = await otherBrowser();
  const answer = await theirs.request.get(callback, { maxRedirects: 0 });
  expect(answer.status()).toBe(403);
  expect(await answer.text()).not.toContain("bob@example.com");

  await tab.goto(callback);
  const result = new TestResult(tab);
  await result.expectDiagnosis("Session lost on the way");
  expect(await tab.content()).not.toContain("bob@example.com");
});

test("a callback with another state reaches no run", async ({ page, watch }) => {
  watch.expectConsole(/400/);
  const form = await addLoginMethod(page, "oidc", {
    name: "Foreign state",
    fields: provider("generic").fields,
  });
  const tab = await form.test();
  const callback = new URL(await holdBackCallback(tab));
  callback.searchParams.set("state", "A".repeat(43));
  const answer = await tab.goto(callback.href);
  expect(answer?.status()).toBe(400);
  await expect(page.getByText("Waiting for you to sign in at Foreign state")).toBeVisible();
});

test("the ticket of a test opens the provider once, and for nobody else", async ({
  page,
  otherBrowser,
}) => {
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
  const theirs = await otherBrowser();
  const { hostPort } = provider("generic");
  const answer = await theirs.request.get(seen[0] ?? "", { maxRedirects: 0 });
  expect(answer.headers().location ?? "").not.toContain(hostPort);
  expect(answer.headers()["set-cookie"]).toBeUndefined();
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
