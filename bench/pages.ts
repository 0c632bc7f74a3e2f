import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { LoginMethodForm } from "@/e2e/pages/login-method-form";
import { PracticeSignIn } from "@/e2e/pages/practice-sign-in";
import { SignIn } from "@/e2e/pages/sign-in";
import { TestResult } from "@/e2e/pages/test-result";
import config from "@/playwright.config";
import { CLASSES, pageWeights, type Route } from "./page-weight";
import { startPracticeProcess } from "./practice";
import type { Measurement } from "./report";
import { freePort, startBuilt } from "./server";

const owner = { email: "ada@example.com", password: "seven lanterns over a quiet harbour" };

/** Signs in, adds a login method and tests it, so that every kind of page has something to show. */
async function furnish(context: BrowserContext, origin: string, fields: Record<string, string>) {
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await new SignIn(page).signIn(owner.email, owner.password);
  const form = new LoginMethodForm(page);
  await page.goto(`${origin}/settings/authentication/login-methods/new/oidc`);
  await form.fillFromDiscovery({ name: "Practice", fields });
  await form.save();
  const tab = await form.test();
  await new PracticeSignIn(tab).signIn("ada");
  await new TestResult(tab).expectSuccess();
  const paths = { form: new URL(page.url()).pathname, result: new URL(tab.url()).pathname };
  await Promise.all([page.close(), tab.close()]);
  return paths;
}

export async function pages(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "gatehouse-bench-"));
  const port = await freePort();
  const practice = await startPracticeProcess(`http://localhost:${port}`);
  const generic = practice.providers.find(({ id }) => id === "generic");
  const server = await startBuilt(dataDir, {
    PORT: String(port),
    ADMIN_EMAIL: owner.email,
    ADMIN_PASSWORD: owner.password,
    OUTBOUND_ALLOW: generic?.hostPort,
  });
  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    const context = await browser.newContext();
    const made = await furnish(context, server.url, generic?.fields ?? {});
    const routes: Route[] = [
      { path: "/", name: "Overview", budget: CLASSES.list },
      { path: "/settings/authentication", name: "Login methods", budget: CLASSES.list },
      { path: "/settings/authentication/login-methods/new", name: "Add new", budget: CLASSES.list },
      { path: "/settings/custom-pages", name: "Custom Pages", budget: CLASSES.list },
      { path: "/settings/account", name: "Account", budget: CLASSES.list },
      { path: "/settings/system", name: "System", budget: CLASSES.list },
      { path: "/logs/admin", name: "Logs > Admin", budget: CLASSES.list },
      { path: "/profile", name: "Profile", budget: CLASSES.list },
      { path: made.form, name: "Login method form", budget: CLASSES.form },
      { path: made.result, name: "Test result", budget: CLASSES.form },
    ];
    return await pageWeights(browser, server.url, await context.storageState(), routes);
  } finally {
    await browser.close();
    await server.stop();
    await practice.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
