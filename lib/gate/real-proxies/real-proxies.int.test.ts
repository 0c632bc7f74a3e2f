import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { adaOf, IDENTITY, identityCases, identityOf } from "./testing-identity";
import { COUNTRY_HEADER, isInstalled, type RealProxy } from "./testing-launch";
import { askHanging, outageCases } from "./testing-outage";
import { preflightCases } from "./testing-preflights";
import { programCases } from "./testing-programs";
import type { Received } from "./testing-proxies";
import { type RawAnswer, sendRaw } from "./testing-raw";
import { redirectCases, sessionCases } from "./testing-sessions";
import { leadsToAdmin, SPELLINGS } from "./testing-spellings";
import {
  BINDING,
  headersNamed,
  PROXIES,
  TEAM,
  type Trial,
  useGate,
  useTrial,
} from "./testing-trial";

useTestDatabase();
const servers = useGate();

const cookiesOf = (got: Received | undefined): string[] =>
  got
    ? headersNamed(got, /^cookie$/i).flatMap(([, value]) =>
        value.split(";").flatMap((pair) => pair.trim() || []),
      )
    : [];

const hanging: { proxy: RealProxy; trial: Trial; answer: Promise<RawAnswer> }[] = [];

for (const proxy of PROXIES) {
  // script/test installs Debian's, and says why where it cannot.
  describe.skipIf(!isInstalled(proxy))(`behind a real ${proxy}`, () => trials(proxy));
}

describe("a gate that is not there (row 7)", () => {
  it("lets nobody through when it hangs, nor when it is gone", async () => {
    for (const { proxy, answer } of hanging) {
      expect((await answer).status, proxy).toBeGreaterThanOrEqual(500);
    }
    const before = servers.echo.received.length;
    await servers.gate.stop();
    const asked = hanging.flatMap(({ trial }) =>
      [trial.host, trial.at("paths"), trial.at("cors")].map((at) =>
        trial.get("/", [trial.cookie()], at),
      ),
    );
    for (const { status } of await Promise.all(asked)) expect(status).toBeGreaterThanOrEqual(500);
    expect(servers.echo.received.length).toBe(before);
    expect(servers.echo.received.filter(({ url }) => url.includes("fault-"))).toEqual([]);
  });
});

function trials(proxy: RealProxy): void {
  const trial = useTrial(proxy, servers);
  const { get, raw, cookie } = trial;
  it("asks a gate that hangs, which is awaited at the end", () => {
    hanging.push({ proxy, trial, answer: askHanging(trial) });
  });
  identityCases(trial);
  preflightCases(proxy, trial);
  programCases(trial);
  outageCases(trial);
  sessionCases(trial);
  redirectCases(trial);

  it("a page without a token leads to the login page, with the cookie that begins it", async () => {
    const before = trial.received.length;
    const answer = await get("/notes?x=1", ["Accept: text/html"]);
    expect(answer.status).toBe(302);
    expect(answer.headers.location?.[0]).toMatch(`${TEAM}/cdn-cgi/access/login/${trial.host}?kid=`);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^CF_AppSession=[\w-]{43}; Path=\//);
    expect(trial.received.length).toBe(before);
  });

  it("a script without a token gets 401, and a POST without one reaches nothing", async () => {
    const before = trial.received.length;
    expect((await get("/api", ["X-Requested-With: XMLHttpRequest"])).status).toBe(401);
    const post = (accept: string) =>
      raw(
        ["POST /api HTTP/1.1", `Host: ${trial.host}`, `Accept: ${accept}`, "Content-Length: 4"],
        "body",
      );
    expect((await post("application/json")).status).toBe(401);
    // A browser does not send the form again at the login page.
    expect((await post("text/html")).status).toBe(303);
    expect(trial.received.length).toBe(before);
  });

  it("a token lets a request through, with who it is", async () => {
    const answer = await get("/notes?x=1", [cookie()]);
    expect(answer.status).toBe(200);
    const got = trial.received.at(-1) as Received;
    expect(got.url).toBe("/notes?x=1");
    expect(identityOf(got)).toEqual(adaOf(trial));
    expect(headersNamed(got, IDENTITY)).toHaveLength(2);
  });

  it("the binding cookie opens what it binds, and never reaches the application", async () => {
    const token = await trial.boundToken();
    const alone = await get("/", [`Cookie: CF_Authorization=${token}`]);
    expect(alone.status).toBe(401);
    const bound = `CF_Binding=${BINDING}`;
    for (const cookies of [
      [bound, "theme=dark", `CF_Authorization=${token}`],
      ["theme=dark", bound, `CF_Authorization=${token}`],
      ["theme=dark", `CF_Authorization=${token}`, bound],
      ["MyCF_Binding=1", "x=CF_Binding=2", `CF_Authorization=${token}`, bound, 'q="a b"'],
    ]) {
      const answer = await get("/", [`Cookie: ${cookies.join("; ")}`]);
      expect(answer.status).toBe(200);
      expect(cookiesOf(trial.received.at(-1))).toEqual(cookies.filter((one) => one !== bound));
    }
    const open = await get("/open", [`Cookie: ${bound}; CF_Binding=2`], trial.at("paths"));
    expect(open.status).toBe(200);
    expect(cookiesOf(trial.received.at(-1))).toEqual([]);
  });

  it("a body arrives whole", async () => {
    const body = randomBytes(300_000).toString("latin1");
    const answer = await raw(
      [
        "POST /upload HTTP/1.1",
        `Host: ${trial.host}`,
        cookie(),
        `Content-Length: ${body.length}`,
        "Content-Type: application/octet-stream",
      ],
      body,
    );
    expect(answer.status).toBe(200);
    const hash = createHash("sha256").update(Buffer.from(body, "latin1")).digest("hex");
    expect(trial.received.at(-1)).toMatchObject({ method: "POST", bodyHash: hash });
  });

  it("a WebSocket opens with a token, and not without", async () => {
    const upgrade = (lines: string[], connection = "Upgrade") =>
      sendRaw(
        trial.port,
        `${[
          "GET /socket HTTP/1.1",
          `Host: ${trial.host}`,
          `Connection: ${connection}`,
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          ...lines,
        ].join("\r\n")}\r\n\r\n`,
        { reply: { to: "hello from the application", text: "me too" }, until: "you said me too" },
      );
    expect((await upgrade([])).status).toBe(401);
    const open = await upgrade([cookie()]);
    expect(open.status).toBe(101);
    // Both ways, for as long as it is open.
    expect(open.body).toContain("hello from the application");
    expect(open.body).toContain("you said me too");
    expect(cookiesOf(trial.received.at(-1))).toContain("theme=dark");
    const named = await upgrade([cookie()], "Upgrade, Cf-Access-Jwt-Assertion");
    expect(named.status).toBe(101);
    expect(identityOf(trial.received.at(-1) as Received)).toEqual(adaOf(trial));
  });

  it("what a client says about where it comes from counts for nothing", async () => {
    const at = trial.at("network");
    for (const lines of [
      ["X-Forwarded-For: 10.1.2.3"],
      ["X-Real-IP: 10.1.2.3", "Forwarded: for=10.1.2.3"],
      ["X-Forwarded-For: 10.1.2.3", "Connection: X-Forwarded-For, X-Forwarded-Uri, X-Original-URL"],
      ["X-Forwarded-Prefix: /open", "X-Envoy-Original-Path: /open", "X-Rewrite-URL: /open"],
      [
        `X-Forwarded-Host: ${trial.host}`,
        "X-Forwarded-Uri: /",
        "X-Forwarded-For: 10.1.2.3, 10.1.2.4",
      ],
      [`X-Original-URL: http://${trial.host}/`, "X-Forwarded-Method: OPTIONS"],
    ]) {
      const before = trial.received.length;
      const { status } = await get("/", ["Accept: text/html", ...lines], at);
      // Envoy refuses a Connection header that names these.
      expect([400, 403]).toContain(status);
      expect(trial.received.length).toBe(before);
    }
  });

  it("the country is what the header says that is set for it, and no other", async () => {
    const ask = async (...lines: string[]) => (await get("/", lines, trial.at("country"))).status;
    expect(await ask(`${COUNTRY_HEADER}: NL`)).toBe(200);
    const before = trial.received.length;
    expect(await ask()).toBe(403);
    expect(await ask(`${COUNTRY_HEADER}: PT`)).toBe(403);
    expect(await ask(`${COUNTRY_HEADER}: PT`, `${COUNTRY_HEADER}: NL`)).toBe(403);
    expect(await ask("X-Country: NL", "CF_IPCountry: NL")).not.toBe(200);
    expect(trial.received.length).toBe(before);
  });

  it("nobody reaches a host that no application covers", async () => {
    const before = trial.received.length;
    const at = trial.at("unknown");
    expect((await get("/", [cookie()], at)).status).toBe(403);
    expect(trial.received.length).toBe(before);
  });

  it("the data plane's own paths are answered by Gatehouse", async () => {
    const before = trial.received.length;
    expect((await get("/cdn-cgi/access/get-identity")).status).toBe(401);
    const known = await get("/cdn-cgi/access/get-identity", [cookie()]);
    expect(known.status).toBe(200);
    expect(known.body).toContain("ada@example.com");
    expect(trial.received.length).toBe(before);
  });

  it("no spelling of a path gets to a part that another application guards (path confusion)", async () => {
    const at = trial.at("paths");
    expect((await get("/open", [], at)).status).toBe(200);
    for (const path of SPELLINGS) {
      const before = trial.received.length;
      await get(path, ["Accept: text/html"], at);
      const delivered = trial.received.slice(before).map(({ url }) => url);
      expect(delivered.filter(leadsToAdmin), path).toEqual([]);
    }
  });

  it("a malformed cookie is nobody's", async () => {
    const before = trial.received.length;
    for (const value of [
      "CF_Authorization=",
      "CF_Authorization=a.b.c",
      `CF_Authorization=${"a".repeat(3000)}`,
      `CF_Authorization=${trial.token}x`,
      `CF_Authorization=${trial.token.slice(0, -4)}`,
      `CF_Authorization="${trial.token}`,
      "CF_Authorization=%00; CF_Authorization",
      "=; ;;=CF_Authorization=",
    ]) {
      const { status } = await get("/", ["Accept: text/html", `Cookie: ${value}`]);
      expect([302, 400, 401, 403]).toContain(status);
    }
    expect(trial.received.length).toBe(before);
  });
}
