import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { dumpDatabase } from "./harness/database";
import { planted } from "./harness/planted";
import { gateLogFile, readLog, stage } from "./harness/stage";
import { expect, test } from "./harness/test";

// The only file of the last project: otherwise its second browser would stand by.
test.describe.configure({ mode: "parallel" });

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}

const leaksIn = (text: string, where: string): string[] =>
  planted()
    .filter((secret) => text.includes(secret))
    .map((secret) => `${secret} in ${where}`);

test("specs planted secrets of every kind", () => {
  const kinds = {
    typed: /^planted-/,
    serviceToken: /^[0-9a-f]{64}$/,
    signature: /^[\w-]{300,}$/,
    nonce: /^[\w-]{43}$/,
  };
  for (const [kind, pattern] of Object.entries(kinds)) {
    expect(planted().filter((secret) => pattern.test(secret)).length, kind).toBeGreaterThan(1);
  }
});

test("no planted secret is in the server's log, or in the gate's", () => {
  for (const log of [readLog(), readFileSync(gateLogFile(), "utf8")]) {
    expect(log.split("\n").length).toBeGreaterThan(3);
    expect(leaksIn(log, "a log")).toEqual([]);
  }
});

test("no planted secret is in the database, its write-ahead log or its own log", async () => {
  const { databaseUrl, dataDir } = stage();
  const found: string[] = [];
  if (databaseUrl) {
    const dump = await dumpDatabase(databaseUrl);
    expect(dump).toContain("login_method");
    found.push(...leaksIn(dump, "the database"));
  } else {
    const files = filesBelow(dataDir);
    expect(files.length).toBeGreaterThan(100);
    const secrets = planted();
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const secret of secrets) if (bytes.includes(secret)) found.push(`${secret} in ${file}`);
    }
  }
  expect(found).toEqual([]);
});

test("no planted secret is in any page or answer of the console", async ({ page, watch }) => {
  watch.expectConsole(/40\d/);
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
  expect(bodies.flatMap(({ url, text }) => leaksIn(text, url))).toEqual([]);
});

const LISTS = [
  ...["/logs/access", "/logs/access/export.csv", "/logs/access/export.ndjson"],
  ...["/access/applications", "/access/policies", "/access/groups", "/access/service-auth"],
  ...["/team/users", "/team/groups"],
];
/** Pages that lists lead to, and how many of a kind are read: the fourth shows nothing new. */
const BELOW = /href="(\/(?:access|team|logs\/access)\/?[^"#]*)"/g;
const OF_A_KIND = 3;
const kindOf = (path: string): string =>
  path.replace(/[0-9a-f-]{36}/g, ":id").replace(/=[^&]*/g, "");

test("no planted secret is on the pages of Access, My Team and the Access log", async ({
  page,
}) => {
  const secrets = planted();
  const seen = new Map<string, number>();
  const read = async (path: string): Promise<string> => {
    seen.set(kindOf(path), (seen.get(kindOf(path)) ?? 0) + 1);
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    const text = await answer.text();
    expect(
      secrets.filter((secret) => text.includes(secret)),
      path,
    ).toEqual([]);
    return text;
  };
  const known = new Set(LISTS);
  for (const path of known) {
    const text = await read(path);
    for (const [, found = ""] of text.matchAll(BELOW)) {
      const next = found.replaceAll("&amp;", "&");
      const enough = [...known].filter((one) => kindOf(one) === kindOf(next)).length >= OF_A_KIND;
      if (!enough) known.add(next);
    }
  }
  for (const kind of [
    "/access/applications/:id/overview",
    "/access/applications/:id/policies",
    "/access/policies/:id",
    "/logs/access?entry",
    "/logs/access/logins/:id",
    "/team/users/:id/identity",
    "/team/users/:id/sessions",
  ])
    expect([...seen.keys()]).toContain(kind);
});
