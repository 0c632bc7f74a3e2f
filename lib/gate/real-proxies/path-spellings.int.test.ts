import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication } from "@/db/testing-rows";
import { tokenFor } from "@/lib/http/testing-people";
import { pick, randomBy } from "@/lib/http/testing-random";
import { FRONT_ENDS } from "../front-ends/schema";
import { gate } from "../state";
import { freePort, isInstalled, type RealProxy, type Running, startProxy } from "./testing-launch";
import { sendRaw } from "./testing-raw";
import { ACCESS_SPELLINGS, firstSegment } from "./testing-spellings";
import { headersNamed, PROXIES, TEAM, useGate } from "./testing-trial";

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

interface Sent {
  path: string;
  withToken: boolean;
}
function spellings(count: number): string[] {
  const random = randomBy(SEED);
  return Array.from({ length: count }, () => spelling(random));
}

interface Delivered extends Sent {
  /** As the application got it. */
  url: string;
  /** What the gate said of whoever sent it. */
  assertion: string | undefined;
}

/** Sends each path, every other one with the token, and answers what reached the application. */
async function deliveries(port: number, host: string, token: string, paths: readonly string[]) {
  const sent: Sent[] = paths.map((path, at) => ({ path, withToken: at % 2 === 0 }));
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
  return servers.echo.received.slice(start).map((got): Delivered => {
    const header = (name: RegExp) => headersNamed(got, name)[0]?.[1];
    const from = sent[Number(header(/^x-spelling$/i))] ?? { path: "?", withToken: false };
    return { ...from, url: got.url, assertion: header(/^cf-access-jwt-assertion$/i) };
  });
}

for (const proxy of PROXIES) {
  // script/test installs Debian's, and says why where it cannot.
  describe.skipIf(!isInstalled(proxy))(`behind a real ${proxy}`, () => properties(proxy));
}

function properties(proxy: RealProxy): void {
  let port = 0;
  let running: Running;
  let token = "";
  const at = (name: string) => `${proxy}-${name}.localhost:${port}`;
  const guardedBy = async (destination: string, host: string | null = null) => {
    const application = await insertGuardedApplication(destination);
    return (await tokenFor(application, { issuer: TEAM, host })).token;
  };
  const bypass = { policy: { decision: "bypass" } } as const;

  beforeAll(async () => {
    port = await freePort();
    token = await guardedBy(at("guarded"));
    running = await startProxy(proxy, {
      ...{ gatePort: servers.gate.port, upstreamPort: servers.echo.port, port },
      // The first is where a proxy puts hosts that it does not know.
      destinations: [at("part-*"), at("paths"), at("guarded"), at("mostly")],
    });
  });
  afterAll(() => running.stop());

  it(`of ${SPELLINGS} spellings none gets where the gate would not let its path in (path confusion)`, async () => {
    const host = at("paths");
    await insertGuardedApplication(`${host}/admin`);
    const team = await guardedBy(`${host}/team`);
    await insertGuardedApplication(host, bypass);
    await gate().reload();
    const delivered = await deliveries(port, host, team, spellings(SPELLINGS));
    const astray = delivered.filter(({ url, withToken }) => {
      const part = firstSegment(url);
      return part === "admin" || (part === "team" && !withToken);
    });
    expect(astray, `seed ${SEED}`).toEqual([]);
    // What is open stays open, or nothing would be shown.
    const parts = delivered.map(({ url }) => firstSegment(url));
    expect(parts.filter((part) => part === "open").length, `seed ${SEED}`).toBeGreaterThan(5);
    expect(parts.filter((part) => part === "team").length, `seed ${SEED}`).toBeGreaterThan(0);
  });

  it("no spelling leads from a part that is open to everybody into the guarded rest (path confusion)", async () => {
    const host = at("mostly");
    const rest = await guardedBy(host);
    await insertGuardedApplication(`${host}/open`, bypass);
    await gate().reload();
    const delivered = await deliveries(port, host, rest, spellings(SPELLINGS / 2));
    const isOpen = ({ url }: Delivered) => firstSegment(url) === "open";
    const astray = delivered.filter((one) => !one.withToken && !isOpen(one));
    expect(astray, `seed ${SEED}`).toEqual([]);
    for (const withToken of [true, false]) {
      const some = delivered.filter((one) => one.withToken === withToken && isOpen(one));
      expect(some.length, `seed ${SEED}`).toBeGreaterThan(0);
    }
  });

  it("no spelling of the gate's own paths reaches the application without the gate's word (skipping the gate by /cdn-cgi/access/../)", async () => {
    // Each with and without the token.
    const paths = ACCESS_SPELLINGS.flatMap((path) => [path, path]);
    const delivered = await deliveries(port, at("guarded"), token, ["/x", ...paths]);
    const astray = delivered.filter((one) => !one.withToken || one.assertion !== token);
    expect(astray).toEqual([]);
    expect(delivered.map(({ url }) => url)).toContain("/x");
  });

  it("nobody puts questions to the gate in the name of the proxy", async () => {
    for (const frontEnd of FRONT_ENDS) {
      for (const up of ["../../", "%2e%2e/%2e%2e/", "..%2f..%2f", "../..//"]) {
        const path = `/forward-auth/${frontEnd}/${up}cdn-cgi/access/certs`;
        const lines = [`GET ${path} HTTP/1.1`, `Host: ${at("guarded")}`, "Connection: close"];
        lines.push(`Cookie: CF_Authorization=${token}`);
        const { headers } = await sendRaw(port, `${lines.join("\r\n")}\r\n\r\n`);
        expect(Object.keys(headers), path).not.toContain("x-gate-problem");
        expect(Object.keys(headers), path).not.toContain("cf-access-jwt-assertion");
      }
    }
  });

  it("a host that is not this proxy's reaches nothing, even where another application lets everybody in (foreign Host)", async () => {
    const own = at("guarded");
    const wild = await guardedBy(at("part-*"), at("part-7").replace(/:\d+$/, ""));
    const foreign = [`${proxy}.localhost:${port}`, `${proxy}-elsewhere.localhost:${port}`];
    // The very names of this proxy's hosts, but with other ports.
    const portless = own.replace(/:\d+$/, "");
    foreign.push(portless, `${portless}:81`);
    for (const host of foreign) await insertGuardedApplication(host, bypass);
    await gate().reload();
    const get = (target: string, host: string, ...lines: string[]) =>
      sendRaw(
        port,
        `${[`GET ${target} HTTP/1.1`, `Host: ${host}`, ...lines, "Connection: close"].join("\r\n")}\r\n\r\n`,
      );
    const before = servers.echo.received.length;
    for (const host of foreign) {
      const targets = [
        ["/", host],
        [`http://${host}/`, host],
        [`http://${host}/`, own],
      ] as const;
      for (const [target, named] of [...targets, [`http://${own}/`, host] as const]) {
        const { status } = await get(target, named, "Accept: application/json");
        expect([400, 401, 403, 404, 421], `${target} of ${named}`).toContain(status);
      }
    }
    expect(servers.echo.received.slice(before)).toEqual([]);
    // Its own hosts, in either case, it serves.
    for (const [host, opens] of [
      [own, token],
      [own.toUpperCase(), token],
      [at("part-7"), wild],
    ] as const) {
      const { status } = await get("/", host, `Cookie: CF_Authorization=${opens}`);
      expect(status, host).toBe(200);
    }
  });
}
