import type { APIResponse } from "@playwright/test";
import { stage } from "./harness/stage";
import { expect, test } from "./harness/test";

test.use({ signedIn: false });

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const GUARDED = [
  "/",
  "/settings/authentication",
  "/settings/authentication/login-methods/new",
  `/settings/authentication/login-methods/${UNKNOWN}`,
  `/settings/authentication/login-methods/${UNKNOWN}/tests/new`,
  `/settings/authentication/login-methods/${UNKNOWN}/tests/${UNKNOWN}`,
  "/settings/custom-pages",
  "/settings/account",
  "/settings/system",
  "/logs/admin",
  "/profile",
];

/** Names of Next's inner header that once let a request past its middleware (CVE-2025-29927). */
const BYPASSES = ["proxy", "middleware", "src/middleware", "src/proxy"].flatMap((name) => [
  name,
  Array(5).fill(name).join(":"),
]);

const leadsToSignIn = (answer: APIResponse): boolean =>
  answer.status() >= 300 &&
  answer.status() < 400 &&
  new URL(answer.headers().location ?? "", stage().url).pathname === "/login";

for (const path of GUARDED) {
  test(`${path} is closed to whoever is not signed in`, async ({ request }) => {
    expect(leadsToSignIn(await request.get(path, { maxRedirects: 0 }))).toBe(true);
    for (const value of BYPASSES) {
      const answer = await request.get(path, {
        maxRedirects: 0,
        headers: { "x-middleware-subrequest": value },
      });
      expect(leadsToSignIn(answer), `with x-middleware-subrequest: ${value}`).toBe(true);
    }
  });
}

const APIS = [`/api/test-runs/${UNKNOWN}`, "/api/palette", `/api/login-methods/${UNKNOWN}/export`];
for (const path of APIS) {
  test(`${path} is closed to whoever is not signed in`, async ({ request }) => {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(401);
    expect(await answer.text()).not.toContain("stack");
  });
}

const EVERYWHERE = ["/login", "/nowhere", "/healthz", "/cdn-cgi/access/callback", "/api/nowhere"];

for (const path of EVERYWHERE) {
  test(`${path} carries the security headers`, async ({ request }) => {
    const headers = (await request.get(path, { maxRedirects: 0 })).headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toMatch(/^(same-origin|no-referrer)$/);
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["x-request-id"]).toBeTruthy();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-");
    expect(policy).not.toContain("http");
  });
}

for (const path of ["/_next/static/nowhere.js", "/%ff", "/invite/%"]) {
  test(`${path} is refused with headers that keep a browser from guessing`, async ({ request }) => {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(path.startsWith("/_next") ? 404 : 400);
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers()["x-frame-options"]).toBe("DENY");
  });
}

test("every page has a nonce of its own", async ({ request }) => {
  const nonceOf = async () => {
    const policy = (await request.get("/login")).headers()["content-security-policy"] ?? "";
    return /'nonce-([^']{16,})'/.exec(policy)?.[1];
  };
  const first = await nonceOf();
  expect(first).toBeTruthy();
  expect(await nonceOf()).not.toBe(first);
});

test("markup that somebody smuggled into a page runs no script", async ({ page, watch }) => {
  watch.expectConsole(/Content Security Policy|404/);
  await page.route("**/login", async (route) => {
    const response = await route.fetch();
    const smuggled = `<script>window.injected = 1</script><img src="/x" onerror="window.injected = 1"><base href="https://evil.example/"></body>`;
    const body = (await response.text()).replace("</body>", smuggled);
    await route.fulfill({ response, body });
  });
  await page.goto("/login", { waitUntil: "networkidle" });
  await expect(page.locator('img[src="/x"]')).toBeAttached();
  expect(await page.evaluate(() => "injected" in window)).toBe(false);
  expect(await page.evaluate(() => new URL(document.baseURI).host)).toBe(new URL(stage().url).host);
});

const HOSTILE: { what: string; headers: Record<string, string> }[] = [
  { what: "a forwarded host", headers: { "x-forwarded-host": "evil.example" } },
  { what: "a host", headers: { host: "evil.example" } },
];
for (const { what, headers } of HOSTILE) {
  test(`${what} that somebody made up appears in no address that Gatehouse builds`, async ({
    request,
  }) => {
    const answer = await request.get("/settings/authentication", { maxRedirects: 0, headers });
    expect(answer.headers().location ?? "").not.toContain("evil.example");
  });
}

const CALLBACKS = [
  { what: "opened by hand", query: "" },
  { what: "with a state that nobody has", query: "?code=x&state=made-up" },
  { what: "with an error and no state", query: "?error=access_denied&error_description=no" },
  {
    what: "with a page as its description",
    query: "?error=x&error_description=<script>1</script>",
  },
  { what: "with the same name twice", query: "?code=x&code=y&state=z" },
  { what: "with a very long code", query: `?code=${"x".repeat(20_000)}&state=z` },
];
for (const { what, query } of CALLBACKS) {
  test(`the callback ${what} explains itself and leaks nothing`, async ({ request }) => {
    const answer = await request.get(`/cdn-cgi/access/callback${query}`, { maxRedirects: 0 });
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
    const text = await answer.text();
    expect(text).not.toContain("<script>1");
    expect(text).not.toMatch(/undefined|at \w+ \(|node_modules/);
  });
}

test("the callback with a slash at the end says that the slash is the mistake", async ({
  request,
}) => {
  const answer = await request.get("/cdn-cgi/access/callback/?code=x&state=y", { maxRedirects: 0 });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toMatch(/slash/i);
});

test("a body beyond the limit is refused before it is read", async ({ request }) => {
  const answer = await request.post("/login", {
    data: "x".repeat(12 * 1024 * 1024),
    headers: { "content-type": "text/plain" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(413);
});
