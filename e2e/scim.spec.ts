import { appendFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "./harness/accessibility";
import { provider, stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { LoginMethodForm } from "./pages/login-method-form";
import { LoginMethods } from "./pages/login-methods";
import { TestResult } from "./pages/test-result";

test.describe.configure({ mode: "serial" });

const METHOD = "Pushed by the directory";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let id = "";
let secret = "";

interface Answer {
  status: number;
  body: { id?: string; detail?: string; totalResults?: number };
}

/** A request of a provider, by plain HTTP. */
async function push(method: string, path: string, body?: unknown, by = secret): Promise<Answer> {
  const response = await fetch(`${stage().url}/scim/v2/${id}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${by}`,
      "content-type": "application/scim+json",
      "user-agent": "Okta SCIM Client 1.0.0",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {} };
}

/** The last project looks for it everywhere. */
const plant = (made: string) => appendFileSync(stage().plantedFile, `${made}\n`);

const methodPage = () => `/settings/authentication/login-methods/${id}`;
const health = (page: Page) => page.getByRole("region", { name: "What the provider pushed" });

test("I enable SCIM, and get the endpoint and a secret that is shown once", async ({ page }) => {
  test.slow();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: METHOD, fields: provider("generic").fields });
  await form.open("SCIM");
  await page.getByRole("switch", { name: "Enable SCIM" }).check();
  await page.getByRole("switch", { name: "Enable user deprovisioning" }).check();
  await page.getByRole("radio", { name: "Automatic identity updates" }).check();
  await expect(page.getByText("Save to get the SCIM Endpoint")).toBeVisible();
  await form.trySave();

  const dialog = page.getByRole("dialog", { name: `SCIM Secret of ${METHOD}` });
  await expect(dialog).toContainText("/scim/v2/");
  await expectAccessibleEverywhere(page, "the SCIM Secret");
  await page.keyboard.press("Escape");
  await expect(dialog).toContainText("Store the secret first");
  secret = await form.storeScimSecret();
  plant(secret);
  await page.waitForURL(/\/login-methods\/[0-9a-f-]{36}/);
  id = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await expect(page.locator("#scim-endpoint-value")).toHaveText(`${stage().url}/scim/v2/${id}`);
  await expect(page.getByText(/never expires · not used yet/)).toBeVisible();
  await expect(health(page).getByText("Waiting for the first request").last()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(secret);
  await expectAccessibleEverywhere(page, "the SCIM panel");
});

test("the secret is shown as well when I save what I have tested", async ({ page }) => {
  test.slow();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({
    name: "Tested with SCIM, then saved",
    fields: provider("generic").fields,
  });
  await form.open("SCIM");
  await page.getByRole("switch", { name: "Enable SCIM" }).check();
  const result = await TestResult.signedInAs("ada", await form.testUnsaved());
  await result.expectSuccess();
  await result.page.getByRole("button", { name: "Save these settings" }).click();
  plant(await new LoginMethodForm(result.page).storeScimSecret());
  await result.page.waitForURL(/\?added$/);
  await expect(result.page.locator("#scim-endpoint-value")).toBeVisible();
});

test("the panel notices the provider by itself, and the list does too", async ({ page }) => {
  await page.goto(methodPage());
  await expect(health(page).getByText("Waiting for the first request").last()).toBeVisible();
  expect((await push("GET", "/Users?count=1")).status).toBe(200);
  await expect(health(page)).toContainText("Okta SCIM Client 1.0.0");
  await page.reload();
  await expect(page.getByText(/last used .* from 127\.0\.0\.1/)).toBeVisible();
  const list = new LoginMethods(page);
  await list.goto();
  await expect(list.row(METHOD)).toContainText("Active");
});

test("I read what was pushed, and what it did to people", async ({ page, plantSecret }) => {
  test.slow();
  const password = plantSecret("scim-password");
  const user = await push("POST", "/Users", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
    userName: "grace.pushed@example.com",
    externalId: "00u-grace",
    name: { givenName: "Grace", familyName: "Pushed" },
    emails: [{ value: "grace.pushed@example.com", primary: true }],
    active: true,
    password,
    [ENTERPRISE]: { department: "Compilers" },
  });
  expect(user.status).toBe(201);
  const group = await push("POST", "/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: "Compiler people",
    externalId: "00g-compilers",
    members: [{ value: user.body.id }],
  });
  expect(group.status).toBe(201);
  expect((await push("POST", "/Groups", { displayName: "Compiler people" })).status).toBe(409);

  await page.goto(methodPage());
  await expect(health(page)).toContainText("1 user, 1 group");
  await health(page).getByRole("link", { name: "Failures in the log" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "SCIM provisioning" })).toBeVisible();
  await expect(page.getByLabel("Outcome")).toHaveValue("FAILURE");
  await expect(page.getByRole("table").getByText("Failure, 409").first()).toBeVisible();
  await expect(
    page.getByRole("link", { name: "Failed to create the group Compiler people" }),
  ).toBeVisible();

  await page.goto(`/logs/scim?idp=${id}`);
  await expectAccessibleEverywhere(page, "the SCIM provisioning log");
  await page
    .getByRole("table")
    .getByRole("row")
    .filter({ hasText: "User grace.pushed@example.com" })
    .getByRole("link")
    .click();
  await expect(page.getByText("Added grace.pushed@example.com to My Team > Users")).toBeVisible();
  await expect(page.getByText("Compilers").first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(password);
  await expectAccessibleEverywhere(page, "an entry of the SCIM provisioning log");
});

test("I try a request again, and nothing is kept of it", async ({ page }) => {
  await page.goto(`/logs/scim?idp=${id}&method=POST&type=GROUP&status=SUCCESS`);
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("button", { name: "Replay as a dry run" }).click();
  await expect(page.getByText("Today it would fail with 409")).toBeVisible();
  await expectAccessibleEverywhere(page, "a dry run");
  const { body } = await push("GET", "/Groups?count=0");
  expect(body.totalResults).toBe(1);
});

test("I see the pushed group, and who is in it", async ({ page }) => {
  test.slow();
  await page.goto(`/team/groups?method=${id}`);
  await expectAccessibleEverywhere(page, "the pushed groups");
  await page.getByRole("link", { name: "Compiler people" }).click();
  await expect(page.getByText("No policy and no access group names it")).toBeVisible();
  const grace = page.getByRole("link", { name: "grace.pushed@example.com", exact: true });
  await expect(grace).toBeVisible();
  await expectAccessibleEverywhere(page, "a pushed group");
  await grace.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("grace.pushed@example.com");
});

test("I regenerate the secret: the old one goes on for an hour, or ends now", async ({ page }) => {
  test.slow();
  const form = new LoginMethodForm(page);
  const old = secret;
  const works = async (by: string) => (await push("GET", "/Users?count=0", undefined, by)).status;
  async function regenerate(choice: string): Promise<string> {
    await page.goto(methodPage());
    await page.getByRole("button", { name: "Regenerate Secret" }).click();
    const dialog = page.getByRole("dialog", { name: "Regenerate the SCIM Secret?" });
    await dialog.getByRole("radio", { name: choice }).check();
    const confirm = dialog.getByRole("button", { name: "Regenerate Secret" });
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel(/to confirm/).fill(METHOD);
    await expectAccessibleEverywhere(page, `regenerating: ${choice}`);
    await confirm.click();
    const made = await form.storeScimSecret();
    plant(made);
    return made;
  }
  const second = await regenerate("Keep the old secret for 1 hour");
  expect([await works(old), await works(second)]).toEqual([200, 200]);
  await expect(page.getByText(/The one before: created .* ends in /)).toBeVisible();
  secret = await regenerate("Stop the old secret now");
  expect([await works(secret), await works(old), await works(second)]).toEqual([200, 401, 401]);
  await page.reload();
  await expect(health(page)).toContainText("not, or no longer, the right one");
});

test("a disabled login method refuses the provider at once", async ({ page }) => {
  const list = new LoginMethods(page);
  await list.goto();
  await list.choose(METHOD, "Disable");
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(list.row(METHOD)).toContainText("Disabled");
  expect((await push("GET", "/Users")).status).toBe(401);
  await page.goto(methodPage());
  await expect(page.getByText("SCIM requests are refused")).toBeVisible();
});
