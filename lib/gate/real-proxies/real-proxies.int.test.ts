import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { insertGuardedApplication, insertSession } from "@/db/testing-rows";
import { dataPlane } from "@/lib/http/data-plane";
import { signToken } from "@/lib/keys/sign";
import { ensureSigningKey } from "@/lib/keys/store";
import { personToken } from "@/lib/sessions/mint";
import { gate } from "../state";
import {
  DEBIAN_PROXIES,
  type DebianProxy,
  freePort,
  isInstalled,
  type Running,
  startProxy,
} from "./testing-launch";
import { type Received, startEcho, startGate } from "./testing-proxies";
import { sendRaw } from "./testing-raw";

const TEAM = "http://localhost:3999";
vi.stubEnv("GATEHOUSE_URL", TEAM);
useTestDatabase();

let gateServer: Running;
let echo: Awaited<ReturnType<typeof startEcho>>;

beforeAll(async () => {
  await ensureSigningKey(dataPlane);
  await gate().ready();
  gateServer = await startGate();
  echo = await startEcho();
});
afterAll(async () => {
  gate().stop();
  await gateServer.stop();
  await echo.stop();
});

const headersNamed = ({ rawHeaders }: Received, pattern: RegExp): [string, string][] =>
  rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && pattern.test(name) ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );

/** Every spelling of an identity header that some application may take for it. */
const IDENTITY = /^cf[-_]access[-_](jwt[-_]assertion|authenticated[-_]user[-_]email)$/i;

/** Paths that one of proxy, gate and application may read as /admin. */
const SPELLINGS = [
  "/admin",
  "/admin/",
  "/admin/users",
  "/%61dmin",
  "/%61%64%6d%69%6e",
  "/%2561dmin",
  "/open/../admin",
  "/open/./../admin",
  "/open/%2e%2e/admin",
  "/open/%2E%2E/admin",
  "/open/.%2e/admin",
  "/open/..%2fadmin",
  "/open/..%2Fadmin",
  "/open%2f..%2fadmin",
  "/open/..%5cadmin",
  "/open/..\\admin",
  "//admin",
  "///admin",
  "/open//../admin",
  "/./admin",
  "/.//admin",
  "/admin;x",
  "/admin;x=1/users",
  "/open;/../admin",
  "/open/..;/admin",
  "/;/admin",
  "/ADMIN",
  "/aDmin",
  "/admin.",
  "/admin%20",
  "/admin%00",
  "/admin%00.png",
  "/admin%2f",
  "/admin%3fopen",
  "/admin%23open",
  "/admin?open",
  "/admin#open",
  "/%c0%ae%c0%ae/admin",
  "/%c1%a1dmin",
  "/%u0061dmin",
  "/%zz/../admin",
  "/open/%252e%252e/admin",
  "/\u00e1/../admin",
  "/%ef%bd%81dmin",
  "/open/%2e%2e%2fadmin",
  "/open/%2e./admin",
];

/** As an application might read it that decodes, resolves and folds whatever it can. */
function leadsToAdmin(url: string): boolean {
  let path = url.split(/[?#]/, 1)[0] ?? "";
  for (let round = 0; round < 3; round += 1) {
    path = path.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  const segments: string[] = [];
  for (const segment of path.replaceAll("\\", "/").toLowerCase().split("/")) {
    const bare = (segment.split(/[;\0?#]/, 1)[0] ?? "").replace(/[. ]+$/, (end) =>
      segment.startsWith(".") ? end : "",
    );
    if (bare === "..") segments.pop();
    else if (bare !== "" && bare !== ".") segments.push(bare);
  }
  return segments[0] === "admin";
}

for (const proxy of DEBIAN_PROXIES) {
  // script/test installs them, and says why where it cannot.
  describe.skipIf(!isInstalled(proxy))(`behind a real ${proxy}`, () => trials(proxy));
}

function trials(proxy: DebianProxy): void {
  let running: Running;
  let host: string;
  let token: string;
  let application: Awaited<ReturnType<typeof insertGuardedApplication>>;

  beforeAll(async () => {
    const port = await freePort();
    host = `${proxy}.localhost:${port}`;
    application = await insertGuardedApplication(host);
    const paths = `${proxy}-paths.localhost:${port}`;
    await insertGuardedApplication(`${paths}/admin`);
    await insertGuardedApplication(paths, { policy: { decision: "bypass" } });
    await insertGuardedApplication(`${proxy}-network.localhost:${port}`, {
      policy: { decision: "bypass", include: [{ ip: { ip: "10.0.0.0/8" } }] },
    });
    const session = await insertSession("ada@example.com");
    await gate().reload();
    token = await signToken(
      personToken({
        ...{ issuer: TEAM, now: Date.now(), expiresAt: Date.now() + 3_600_000, application },
        ...{ userId: session.userId, sessionId: session.id, email: "ada@example.com" },
        ...{ country: null, policyId: application.policyId, claims: [] },
      }),
    );
    running = await startProxy(proxy, {
      gatePort: gateServer.port,
      upstreamPort: echo.port,
      port,
      destinations: [
        host,
        paths,
        `${proxy}-network.localhost:${port}`,
        `${proxy}-unknown.localhost:${port}`,
      ],
    });
  });
  afterAll(() => running.stop());

  const raw = (lines: readonly string[], body = "") =>
    sendRaw(running.port, `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n${body}`);
  const get = (path: string, lines: readonly string[] = [], at = host) =>
    raw([`GET ${path} HTTP/1.1`, `Host: ${at}`, ...lines]);
  const cookie = () => `Cookie: theme=dark; CF_Authorization=${token}`;

  it("a page without a token leads to the login page, with the cookie that begins it", async () => {
    const before = echo.received.length;
    const answer = await get("/notes?x=1", ["Accept: text/html"]);
    expect(answer.status).toBe(302);
    expect(answer.headers.location?.[0]).toMatch(`${TEAM}/cdn-cgi/access/login/${host}?kid=`);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^CF_AppSession=[\w-]{43}; Path=\//);
    expect(echo.received.length).toBe(before);
  });

  it("a script without a token gets 401, and a POST without one reaches nothing", async () => {
    const before = echo.received.length;
    expect((await get("/api", ["X-Requested-With: XMLHttpRequest"])).status).toBe(401);
    const posted = await raw(
      ["POST /api HTTP/1.1", `Host: ${host}`, "Accept: application/json", "Content-Length: 4"],
      "body",
    );
    expect(posted.status).toBe(401);
    expect(echo.received.length).toBe(before);
  });

  it("a token lets a request through, with who it is", async () => {
    const answer = await get("/notes?x=1", [cookie()]);
    expect(answer.status).toBe(200);
    const got = echo.received.at(-1) as Received;
    expect(got.url).toBe("/notes?x=1");
    const identity = headersNamed(got, IDENTITY).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    expect(Object.fromEntries(identity)).toEqual({
      "cf-access-jwt-assertion": token,
      "cf-access-authenticated-user-email": "ada@example.com",
    });
    expect(identity).toHaveLength(2);
  });

  it("a client's own identity never reaches the application (header smuggling)", async () => {
    const forged = [
      "Cf-Access-Authenticated-User-Email: evil@example.com",
      "cf-access-authenticated-user-email: evil@example.com",
      "CF-ACCESS-JWT-ASSERTION: evil",
      "Cf_Access_Authenticated_User_Email: evil@example.com",
      "Cf-Access_Jwt-Assertion: evil",
      "X-Forwarded-Email: evil@example.com",
    ];
    for (const lines of [
      forged,
      [...forged, cookie()],
      [...forged, cookie(), "Connection: Cf-Access-Jwt-Assertion, close"],
    ]) {
      const before = echo.received.length;
      await get("/", lines);
      for (const got of echo.received.slice(before)) {
        const values = headersNamed(got, IDENTITY).map(([, value]) => value);
        expect(values).not.toContain("evil");
        expect(values).not.toContain("evil@example.com");
      }
    }
  });

  it("a body arrives whole", async () => {
    const body = randomBytes(300_000).toString("latin1");
    const answer = await raw(
      [
        "POST /upload HTTP/1.1",
        `Host: ${host}`,
        cookie(),
        `Content-Length: ${body.length}`,
        "Content-Type: application/octet-stream",
      ],
      body,
    );
    expect(answer.status).toBe(200);
    const hash = createHash("sha256").update(Buffer.from(body, "latin1")).digest("hex");
    expect(echo.received.at(-1)).toMatchObject({ method: "POST", bodyHash: hash });
  });

  it("a WebSocket opens with a token, and not without", async () => {
    const upgrade = (lines: string[]) =>
      sendRaw(
        running.port,
        `${[
          "GET /socket HTTP/1.1",
          `Host: ${host}`,
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          ...lines,
        ].join("\r\n")}\r\n\r\n`,
        3_000,
      );
    expect((await upgrade([])).status).toBe(401);
    const open = await upgrade([cookie()]);
    expect(open.status).toBe(101);
    expect(open.body).toContain("hello from the application");
  });

  it("what a client says about where it comes from counts for nothing", async () => {
    const at = host.replace(proxy, `${proxy}-network`);
    for (const lines of [
      ["X-Forwarded-For: 10.1.2.3"],
      ["X-Real-IP: 10.1.2.3", "Forwarded: for=10.1.2.3"],
      [`X-Forwarded-Host: ${host}`, "X-Forwarded-Uri: /", "X-Forwarded-For: 10.1.2.3, 10.1.2.4"],
      [`X-Original-URL: http://${host}/`, "X-Forwarded-Method: OPTIONS"],
    ]) {
      const before = echo.received.length;
      expect((await get("/", ["Accept: text/html", ...lines], at)).status).toBe(403);
      expect(echo.received.length).toBe(before);
    }
  });

  it("nobody reaches a host that no application covers", async () => {
    const before = echo.received.length;
    const at = host.replace(proxy, `${proxy}-unknown`);
    expect((await get("/", [cookie()], at)).status).toBe(403);
    expect(echo.received.length).toBe(before);
  });

  it("the data plane's own paths are answered by Gatehouse", async () => {
    const before = echo.received.length;
    expect((await get("/cdn-cgi/access/get-identity")).status).toBe(401);
    const known = await get("/cdn-cgi/access/get-identity", [cookie()]);
    expect(known.status).toBe(200);
    expect(known.body).toContain("ada@example.com");
    expect(echo.received.length).toBe(before);
  });

  it("no spelling of a path gets to a part that another application guards (path confusion)", async () => {
    const at = host.replace(proxy, `${proxy}-paths`);
    expect((await get("/open", [], at)).status).toBe(200);
    for (const path of SPELLINGS) {
      const before = echo.received.length;
      await get(path, ["Accept: text/html"], at);
      const delivered = echo.received.slice(before).map(({ url }) => url);
      expect(delivered.filter(leadsToAdmin), path).toEqual([]);
    }
  });

  it("a malformed cookie is nobody's", async () => {
    const before = echo.received.length;
    for (const value of [
      "CF_Authorization=",
      "CF_Authorization=a.b.c",
      `CF_Authorization=${"a".repeat(3000)}`,
      `CF_Authorization=${token}x`,
      `CF_Authorization=${token.slice(0, -4)}`,
      `CF_Authorization="${token}`,
      "CF_Authorization=%00; CF_Authorization",
      "=; ;;=CF_Authorization=",
    ]) {
      const { status } = await get("/", ["Accept: text/html", `Cookie: ${value}`]);
      expect([302, 400, 401, 403]).toContain(status);
    }
    expect(echo.received.length).toBe(before);
  });
}
