import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { dumpDatabase } from "./harness/database";
import { readLog, stage } from "./harness/stage";
import { expect, test } from "./harness/test";

/** What every earlier spec typed into a secret field. */
function planted(): string[] {
  const secrets = readFileSync(stage().plantedFile, "utf8").split("\n").filter(Boolean);
  expect(secrets.length, "other specs planted secrets").toBeGreaterThan(2);
  return secrets;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}

test("no planted secret is in the server's log", () => {
  const log = readLog();
  expect(log.length).toBeGreaterThan(0);
  expect(planted().filter((secret) => log.includes(secret))).toEqual([]);
});

test("no planted secret is in the database, its write-ahead log or its own log", async () => {
  const { databaseUrl, dataDir } = stage();
  const found: string[] = [];
  if (databaseUrl) {
    const dump = await dumpDatabase(databaseUrl);
    expect(dump).toContain("login_method");
    found.push(...planted().filter((secret) => dump.includes(secret)));
  } else {
    const files = filesBelow(dataDir);
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const secret of planted())
        if (bytes.includes(secret)) found.push(`${secret} in ${file}`);
    }
  }
  expect(found).toEqual([]);
});

test("no planted secret is in any page or answer of the console", async ({ page, watch }) => {
  watch.expectConsole(/40\d/);
  const secrets = planted();
  const bodies: { url: string; text: string }[] = [];
  page.on("response", async (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (!/html|json|text|x-component/.test(type)) return;
    const text = await response.text().catch(() => "");
    bodies.push({ url: response.url(), text });
  });
  await page.goto("/settings/authentication");
  const links = page
    .getByRole("row")
    .getByRole("link")
    .filter({ hasNotText: /^(Test|Edit)/ });
  const methods = await links.evaluateAll((found) =>
    found
      .map((link) => (link as HTMLAnchorElement).pathname)
      .filter((path) => /\/login-methods\/[0-9a-f-]{36}$/.test(path)),
  );
  const [first] = methods;
  const opened = ["/", "/settings/system", "/logs/admin", "/logs/admin?q=secret", String(first)];
  for (const path of opened) await page.goto(path, { waitUntil: "networkidle" });
  // What the server sends holds all that a page can show; a browser for each would take minutes.
  const read = async (path: string) => {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    bodies.push({ url: answer.url(), text: await answer.text() });
  };
  for (const path of new Set(methods)) {
    await read(path);
    await read(`${path}/tests`);
  }
  const runs = bodies.flatMap(
    ({ text }) => text.match(/\/settings\/[\w/-]+\/tests\/[0-9a-f-]{36}/g) ?? [],
  );
  for (const run of new Set(runs)) {
    await read(run);
    await read(`/api/test-runs/${run.split("/").at(-1)}`);
  }
  expect(methods.length).toBeGreaterThan(1);
  expect(runs.length).toBeGreaterThan(1);
  const leaks = bodies.flatMap(({ url, text }) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} at ${url}`),
  );
  expect(leaks).toEqual([]);
});
