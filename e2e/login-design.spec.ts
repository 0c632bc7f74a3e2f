import { readFile } from "node:fs/promises";
import type { APIResponse, Page } from "@playwright/test";
import { expectAccessible, expectAccessibleEverywhere } from "./harness/accessibility";
import { expect, test } from "./harness/test";
import { LoginDesign, PREVIEW } from "./pages/login-design";

const upload = (content: string) => ({
  name: "logo.svg",
  mimeType: "image/svg+xml",
  buffer: Buffer.from(content),
});
const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

test("I see what people will see while I type, save it, and put it back", async ({
  page,
  watch,
  otherBrowser,
}) => {
  const design = await LoginDesign.open(page, watch);
  await expect(design.preview.getByRole("heading", { name: "Sign in to Wiki" })).toBeVisible();
  await design.fill("Organization name", "Lovelace & Partners");
  await design.fill("Header text", "Welcome.");
  await design.fill("Contact", "ask Bob");
  await page.getByRole("textbox", { name: /^Contact/ }).blur();
  await expect(page.getByText("Enter an email address, or a web address").first()).toBeVisible();
  await design.fill("Contact", "help@example.com");
  await design.fill("Background color", "#0b3d4a");
  await page.getByLabel("Logo").setInputFiles(upload(DRAWING));
  await expect(design.preview.getByText("Lovelace & Partners")).toBeVisible();
  await expect(design.preview.locator("header img")).toBeVisible();
  await expect(design.preview.locator("body")).toHaveCSS("background-color", "rgb(11, 61, 74)");
  await expect(page.getByText(/White text is used/)).toBeVisible();
  await page.getByLabel("What to preview").selectOption("Block page");
  await expect(
    design.preview.getByRole("heading", { name: "That account does not have access" }),
  ).toBeVisible();
  await page.getByRole("radio", { name: "Mobile" }).check();
  await page.getByRole("group", { name: "Colours" }).getByRole("radio", { name: "Dark" }).check();
  await expect(design.preview.locator("main")).toHaveCSS("background-color", "rgb(21, 27, 31)");
  await expect(design.preview.getByRole("link", { name: "help@example.com" })).toBeVisible();
  await design.save();
  await design.expectSaved();

  const theirs = await (await otherBrowser()).newPage();
  for (const path of ["login", "logout"]) {
    await theirs.goto(`/cdn-cgi/access/${path}`);
    await expect(theirs.locator("header")).toContainText("Lovelace & Partners");
    await expect(theirs.locator("header img")).toHaveJSProperty("naturalWidth", 9);
  }
  await theirs.getByRole("link", { name: "Sign in again" }).click();
  await expect(theirs).toHaveURL(/\/cdn-cgi\/access\/login$/);

  await page.reload();
  await expect(page.getByLabel("Organization name")).toHaveValue("Lovelace & Partners");
  await expect(page.getByAltText("The logo as it is now")).toBeVisible();
  await design.reset();
  await expect(page.getByLabel("Organization name")).toHaveValue("");
});

test("text that is hard to read is not saved unless I insist", async ({ page, watch }) => {
  const design = await LoginDesign.open(page, watch);
  await design.fill("Background color", "#ffffff");
  await design.fill("Text color", "#777777");
  await expect(page.getByText("Contrast: 4.47:1")).toBeVisible();
  await design.save();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(
    summary.getByRole("link", { name: /4\.47:1, and 4\.5:1 is the least/ }),
  ).toBeVisible();
  await page.getByRole("checkbox", { name: /^Save it anyway/ }).check();
  await design.save();
  await design.expectSaved();
  await design.reset();
});

test("script in a logo: an SVG that does more than draw is refused", async ({ page, watch }) => {
  await LoginDesign.open(page, watch);
  const logo = page.getByLabel("Logo");
  await logo.setInputFiles(upload(DRAWING.replace("<rect", "<script>alert(1)</script><rect")));
  await expect(page.getByText("This SVG is refused: it contains a script.")).toBeVisible();
  await logo.setInputFiles(upload("<html>"));
  await expect(page.getByText("This is not a PNG, SVG, JPEG or WebP image.")).toBeVisible();
  await expect(page.getByAltText("The logo as it is now")).toBeHidden();
});

test("I write a block page of my own, see it in a sandbox, download and delete it", async ({
  page,
  watch,
}) => {
  // The browser notes each script that the sandbox stops.
  watch.expectConsole(/Blocked script execution|Executing inline script violates/);
  await page.goto("/settings/custom-pages/templates/new");
  await page.getByLabel("Name").fill("Payroll");
  await page.getByLabel("Type").selectOption("Non-identity failure block page");
  const frame = page.frameLocator("iframe:not(.invisible)");
  await expect(frame.getByRole("heading", { name: "No access to Wiki" })).toBeVisible();
  const html = "<h1>Not you, {{email}}</h1><script>document.title='x'</script><p>{{reference}}</p>";
  await page.getByLabel("Custom HTML").fill(html);
  await expect(frame.getByRole("heading", { name: "Not you, ada@example.com" })).toBeVisible();
  await expect(page.getByText("Scripts do not run on this page.")).toBeVisible();
  await page.getByLabel("Custom HTML").fill("x".repeat(10_001));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Use at most 10,000 characters").first()).toBeVisible();
  await page.getByLabel("Custom HTML").fill(html);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "Payroll" })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Payroll.html");
  expect(await readFile(await download.path(), "utf8")).toBe(html);

  await page.goto("/settings/custom-pages/templates");
  await page.getByRole("button", { name: "Actions for Payroll" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete template" }).click();
  await expect(page.getByText("No page templates yet")).toBeVisible();
});

const ask = (page: Page, draft: object, headers: Record<string, string>): Promise<APIResponse> =>
  page.request.post(PREVIEW, { form: { draft: JSON.stringify(draft) }, headers });
const OWN = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe" };

test("script on the console's origin: another site cannot have a page of its own drawn there", async ({
  page,
}) => {
  const draft = { kind: "template", html: "<script>alert(1)</script>" };
  const drawn = await ask(page, draft, OWN);
  expect(drawn.status()).toBe(200);
  expect(drawn.headers()["content-security-policy"]).toMatch(
    /^default-src 'none'; .*frame-ancestors 'self';.* sandbox$/,
  );
  expect(drawn.headers()["x-frame-options"]).toBe("SAMEORIGIN");
  const foreign: Record<string, string>[] = [
    { ...OWN, "sec-fetch-site": "cross-site" },
    { ...OWN, "sec-fetch-site": "none" },
    { ...OWN, "sec-fetch-dest": "document" },
    { origin: "https://evil.example" },
  ];
  for (const headers of foreign) {
    const refused = await ask(page, draft, headers);
    expect(refused.status()).toBe(403);
    expect(await refused.text()).not.toContain("alert(1)");
  }
});

const PAGES = ["login", "one", "message", "none", "failed", "block", "launcher"];
for (const state of PAGES) {
  test(`people's page “${state}” can be used by everyone, is small and needs no script`, async ({
    page,
  }) => {
    for (const scheme of ["light", "dark"] as const) {
      for (const background_color of [null, "#0b3d4a"]) {
        const design = {
          organization_name: "Lovelace & Partners",
          header_text: "Welcome.",
          footer_text: "Trouble? Ask the help desk.",
          background_color,
        };
        const answer = await ask(page, { kind: "design", state, scheme, design }, OWN);
        const body = await answer.body();
        expect(body.length).toBeLessThanOrEqual(20_480);
        // As people get it: in a window of its own. The test's own script is not the page's.
        const policy = (answer.headers()["content-security-policy"] ?? "").replace("; sandbox", "");
        const address = `/people/${state}/${scheme}`;
        await page.route(`**${address}`, (route) =>
          route.fulfill({
            body,
            headers: { "content-type": "text/html", "content-security-policy": policy },
          }),
        );
        await page.goto(address);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        const what = `${state}, ${scheme}, ${background_color}`;
        // Only colours differ from one of the four to the next.
        if (scheme === "light" && !background_color) await expectAccessibleEverywhere(page, what);
        else await expectAccessible(page, what, [scheme]);
        await page.unroute(`**${address}`);
      }
    }
  });
}

test("I set how long people stay signed in, rotate the signing key, and name the country header", async ({
  page,
}) => {
  await page.goto("/settings/authentication/global-session");
  await page.getByLabel("Session duration").selectOption("Another duration");
  const other = page.getByLabel(/^Another duration, such as/);
  await other.fill("5m");
  await page.getByRole("button", { name: "Save Session duration" }).click();
  await expect(page.getByText("Use at least 15 minutes (15m)")).toBeVisible();
  await page.getByLabel("Session duration").selectOption("12 hours");
  await page.getByRole("button", { name: "Save Session duration" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  const keys = page.getByRole("list", { name: "Signing keys" }).getByRole("listitem");
  for (const _ of [1, 2]) {
    await page.getByRole("button", { name: "Rotate now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate now" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await expect(keys.first()).toContainText("Signs");
  await expect(keys.nth(1)).toContainText("Signs next");
  await expect(keys.nth(1)).toContainText("signs 2 minutes later");

  await page.getByLabel("Header name").fill("X-Forwarded-For");
  await page.getByRole("button", { name: "Save Header name" }).click();
  await expect(page.getByText(/This header means something else/)).toBeVisible();
  await page.getByLabel("Header name").fill("CF-IPCountry");
  await page.getByRole("button", { name: "Save Header name" }).click();
  const country = page.locator("form").filter({ has: page.getByLabel("Header name") });
  await expect(country.getByRole("status")).toHaveText("Saved");
  await page.reload();
  await expect(page.getByLabel("Header name")).toHaveValue("CF-IPCountry");
  await expect(page.getByLabel("Session duration")).toHaveValue("12h");
  await expectAccessibleEverywhere(page, "the global session");
});
