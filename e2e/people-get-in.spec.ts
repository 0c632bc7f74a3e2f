import type { Page } from "@playwright/test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import {
  freePort,
  isInstalled,
  type RealProxy,
  type Running,
  startProxy,
} from "@/lib/gate/real-proxies/testing-launch";
import { expectAccessibleEverywhere } from "./harness/accessibility";
import { startApplication, startDataPlane } from "./harness/data-plane";
import { plantCookies, plantNonces } from "./harness/planted";
import { provider, stage } from "./harness/stage";
import { expect, test } from "./harness/test";
import { addApplication, addGroup, addPolicy } from "./pages/access";
import { LoginMethodForm } from "./pages/login-method-form";
import { PracticeSignIn } from "./pages/practice-sign-in";

test.describe.configure({ mode: "serial" });

let second: Running;
let application: Running;
const proxies: Running[] = [];

test.beforeAll(async () => {
  second = await startDataPlane();
  application = await startApplication();
});
test.afterAll(async () => {
  for (const running of [...proxies, application, second]) await running.stop();
});

const METHOD = "Staff of the practice";

test("I set up who may come in", async ({ page }) => {
  test.slow();
  const form = new LoginMethodForm(page);
  await form.openNew("oidc");
  await form.fillFromDiscovery({ name: METHOD, fields: provider("generic").fields });
  await form.open("Optional configurations");
  await form.addTag("OIDC Claims", "department");
  await form.save();
  await addGroup(page, "People of example.com", "example.com");
  await addPolicy(page, "Let example.com in", "People of example.com");
});

interface Told {
  url: string;
  headers: Record<string, string>;
}

const told = async (page: Page): Promise<Told> =>
  JSON.parse((await page.locator("pre").textContent()) ?? "{}");

/** Each proxy asks an instance of its own: the console's process, and gate.ts beside it. */
const CASES: [RealProxy, () => number][] = [
  ["nginx", () => Number(new URL(stage().url).port)],
  ["caddy", () => second.port],
];

for (const [proxy, gatePort] of CASES) {
  test(`somebody opens an application behind ${proxy}, signs in, and is out when I revoke`, async ({
    page,
    browser,
  }) => {
    test.skip(!isInstalled(proxy), `${proxy} is not installed`);
    test.slow();
    const port = await freePort();
    const host = `${proxy}-app.localhost:${port}`;
    await addApplication(page, {
      name: `Echo behind ${proxy}`,
      host,
      policies: ["Let example.com in"],
    });
    const aud = (await page.locator("#aud").textContent()) ?? "";
    await page.getByLabel("Proxy", { exact: true }).selectOption(proxy);
    await expect(page.locator("#config-0")).toContainText(`/forward-auth/${proxy}`);
    proxies.push(
      await startProxy(proxy, {
        gatePort: gatePort(),
        upstreamPort: application.port,
        port,
        destinations: [host],
      }),
    );

    const theirs = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    plantNonces(theirs);
    const them = await theirs.newPage();
    await them.goto(`http://${host}/notes?month=5`);
    await expect(
      them.getByRole("heading", { name: `Sign in to Echo behind ${proxy}` }),
    ).toBeVisible();
    expect(new URL(them.url()).origin).toBe(stage().url);
    await them.getByRole("link", { name: `Continue with ${METHOD}` }).click();
    await new PracticeSignIn(them).signIn("ada");
    await expect(them.getByRole("heading", { name: "Echo" })).toBeVisible();
    expect(them.url()).toBe(`http://${host}/notes?month=5`);

    const { url, headers } = await told(them);
    expect(url).toBe("/notes?month=5");
    expect(headers["cf-access-authenticated-user-email"]).toBe("ada@example.com");
    const keys = createRemoteJWKSet(new URL(`${stage().url}/cdn-cgi/access/certs`));
    const { payload } = await jwtVerify(headers["cf-access-jwt-assertion"] ?? "", keys, {
      issuer: stage().url,
      audience: aud,
    });
    const custom = { department: "Engineering" };
    expect(payload).toMatchObject({ type: "app", email: "ada@example.com", custom });
    const identity = await them.evaluate(async () => {
      const answer = await fetch("/cdn-cgi/access/get-identity");
      return answer.json();
    });
    expect(identity).toMatchObject({
      email: "ada@example.com",
      user_uuid: payload.sub,
      oidc_fields: custom,
    });
    expect(await plantCookies(theirs)).toContain("CF_Authorization");

    await page.goto(`/team/users/${payload.sub}/sessions`);
    await page
      .getByRole("button", { name: /^Revoke the session/ })
      .first()
      .click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Revoke/ })
      .click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect
      .poll(
        async () => {
          await them.reload();
          return them.getByRole("heading", { level: 1 }).textContent();
        },
        { timeout: 3_000, intervals: [300] },
      )
      .toContain("Sign in to Echo");
    await theirs.close();
  });
}

test("the Access log has every login, with the policy that let it in", async ({ page }) => {
  await page.goto("/logs/access?q=ada%40example.com");
  const login = page.getByRole("link", { name: "Login", exact: true }).first();
  await expect(login).toBeVisible();
  await page.getByLabel("Decided by").selectOption({ label: "Let example.com in" });
  await page.getByLabel("Time").selectOption({ label: "Last 24 hours" });
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page).toHaveURL(/range=24h/);
  await login.click();
  await expect(page.locator("#entry")).toContainText("Let example.com in");
  await expectAccessibleEverywhere(page, "an entry of the Access log");

  await page.getByRole("link", { name: "Open in policy tester" }).click();
  const panel = page.getByRole("tabpanel", { name: "The log entry" });
  await panel.getByRole("button", { name: "Test", exact: true }).click();
  await expect(panel.getByRole("status")).toHaveText("ada@example.com gets in");
  await expectAccessibleEverywhere(page, "an entry of the Access log in the policy tester");
});

test("somebody whom no policy lets in reads so, and I find the login by its reference", async ({
  page,
  browser,
  plantSecret,
}) => {
  const port = await freePort();
  const host = `closed-app.localhost:${port}`;
  await addApplication(page, { name: "Closed to all", host, policies: [] });
  const theirs = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const them = await theirs.newPage();
  await them.goto(`${stage().url}/cdn-cgi/access/login/${host}`);
  await expect(them.getByRole("heading", { level: 1 })).toHaveText(
    "You cannot open this from here",
  );
  const reference = (await them.locator(".ref").textContent()) ?? "";
  // A program too, which proves nothing: whatever it sends stays out of logs and pages.
  const program = await fetch(`http://127.0.0.1:${second.port}/forward-auth/caddy`, {
    redirect: "manual",
    headers: {
      ...{ "x-forwarded-host": host, "x-forwarded-proto": "http", "x-forwarded-uri": "/" },
      "CF-Access-Client-Id": `${"0".repeat(32)}.access`,
      "CF-Access-Client-Secret": plantSecret("service-token"),
    },
  });
  expect(program.status).toBe(403);
  await page.goto(`/logs/access?q=${reference}`);
  await expect(page.getByText(reference).first()).toBeVisible();
  await theirs.close();
});
