import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication } from "@/db/testing-rows";
import { tokenFor } from "@/lib/http/testing-people";
import { pick, randomBy } from "@/lib/http/testing-random";
import { freePort, isInstalled, type RealProxy, startProxy } from "./testing-launch";
import { sendRaw } from "./testing-raw";
import { firstSegment } from "./testing-spellings";
import { PROXIES, TEAM, useGate } from "./testing-trial";

useTestDatabase();
const servers = useGate();

/** Another one tries other spellings: `PATH_SEED=7 npx vitest run path-spellings`. */
const SEED = Number(process.env.PATH_SEED ?? 20_261_129);
const SPELLINGS = 400;
const AT_ONCE = 16;

const hex = (byte: number) => `%${byte.toString(16).padStart(2, "0")}`;
const BEFORE = [
  ...["", "", "/", "/.", "/./.", "/%2e", "/;", "/;a=b", "/%3b", "/%00", "/%20", "/.;"],
  ...["/open/..", "/open/%2e%2e", "/open/.%2E", "/open/%2e.", "/open/..;", "/open/..;x"],
  ...["/open/x/../..", "/open//..", "/open/./..", "/open/%252e%252e", "/open/..%00", "/open%2f.."],
  ...["/open/..\\", "/open\\..", "\\", "/open/%2e%2e%2f", "/open/..%2f..%2f", "/open/..%5c"],
  ...["/team/..", "/admin/../team/..", "/../..", "/%2e%2e/%2e%2e", "/open/%c0%ae%c0%ae"],
];
const AFTER = [
  ...["", "", "/", "/users", "//", "/.", "/./users", ";x", ";/..", "%2f", "%2fusers", "%5c", "\\"],
  ...[
    "/..",
    "/../open",
    "/%2e%2e",
    "/%2e%2e/open",
    "/..;/open",
    "/..%2fopen",
    "/../admin",
    "/../team",
  ],
  ...[
    ".",
    "..",
    "%20",
    "%00",
    "%00.png",
    "%09",
    "%3fx",
    "%23x",
    "?x",
    "?/../open",
    "#/open",
    "%2e",
  ],
];
/** One letter as servers may read it for the same. */
const LETTERS: ((letter: string) => string)[] = [
  (letter) => hex(letter.charCodeAt(0)),
  (letter) => hex(letter.charCodeAt(0)).toUpperCase(),
  (letter) => `%25${hex(letter.charCodeAt(0)).slice(1)}`,
  (letter) => letter.toUpperCase(),
  (letter) => hex(letter.toUpperCase().charCodeAt(0)),
  (letter) => `%ef%bd${hex(letter.charCodeAt(0) + 0x20)}`,
  (letter) => `%c1${hex(0x40 + (letter.charCodeAt(0) & 0x3f))}`,
  (letter) => `%u00${hex(letter.charCodeAt(0)).slice(1)}`,
];

function spelling(random: () => number): string {
  const word = pick(random, ["admin", "admin", "team", "open"]);
  if (random() < 0.1) return `/${word}${pick(random, ["", "/", "/users", "?x=/admin"])}`;
  const odd = random() < 0.5 ? 0 : 0.35;
  const spelled = [...word].map((letter) =>
    random() < odd ? pick(random, LETTERS)(letter) : letter,
  );
  const before =
    random() < 0.2 ? pick(random, BEFORE) + pick(random, BEFORE) : pick(random, BEFORE);
  const slash = pick(random, ["/", "/", "/", "//", "/./", "%2f", "/%2f", "\\", "/;/"]);
  const path = `${before}${slash}${spelled.join("")}${pick(random, AFTER)}`;
  return path.startsWith("/") ? path : `/${path}`;
}

/** What reached the application of each spelling, whether or not the token of /team came with it. */
async function deliveries(port: number, host: string, token: string) {
  const random = randomBy(SEED);
  const sent = Array.from({ length: SPELLINGS }, (_, at) => ({
    path: spelling(random),
    withToken: at % 2 === 0,
  }));
  const start = servers.echo.received.length;
  const queue = [...sent.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [at, { path, withToken }] = next;
      const lines = [`GET ${path} HTTP/1.1`, `Host: ${host}`, `X-Spelling: ${at}`];
      if (withToken) lines.push(`Cookie: CF_Authorization=${token}`);
      await sendRaw(port, `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return servers.echo.received.slice(start).map(({ url, rawHeaders }) => {
    const name = rawHeaders.findIndex((header) => header.toLowerCase() === "x-spelling");
    const from = sent[Number(rawHeaders[name + 1])];
    return { url, path: from?.path ?? "?", withToken: from?.withToken ?? false };
  });
}

for (const proxy of PROXIES) {
  // script/test installs Debian's, and says why where it cannot.
  describe.skipIf(!isInstalled(proxy))(`behind a real ${proxy}`, () => property(proxy));
}

function property(proxy: RealProxy): void {
  it(`of ${SPELLINGS} spellings none gets where the gate would not let its path in (path confusion)`, async () => {
    const port = await freePort();
    const host = `${proxy}-spellings.localhost:${port}`;
    await insertGuardedApplication(`${host}/admin`);
    const team = await insertGuardedApplication(`${host}/team`);
    await insertGuardedApplication(host, { policy: { decision: "bypass" } });
    const { token } = await tokenFor(team, { issuer: TEAM });
    const { stop } = await startProxy(proxy, {
      gatePort: servers.gate.port,
      upstreamPort: servers.echo.port,
      port,
      destinations: [host],
    });
    try {
      const delivered = await deliveries(port, host, token);
      const astray = delivered.filter(({ url, withToken }) => {
        const part = firstSegment(url);
        return part === "admin" || (part === "team" && !withToken);
      });
      expect(astray, `seed ${SEED}`).toEqual([]);
      // What is open stays open, or nothing would be shown.
      const parts = delivered.map(({ url }) => firstSegment(url));
      expect(parts.filter((part) => part === "open").length, `seed ${SEED}`).toBeGreaterThan(5);
      expect(parts.filter((part) => part === "team").length, `seed ${SEED}`).toBeGreaterThan(0);
    } finally {
      await stop();
    }
  });
}
