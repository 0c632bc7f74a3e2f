import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "@/lib/kit/errors";
import { openGate } from "./gate";
import { guardedFetch } from "./guarded-fetch";
import { networkFault } from "./network-fault";
import { mayUsePlainHttp } from "./plain-http";

const refusal = (error: unknown) => (isAppError(error) ? error : null);
const names = (table: Record<string, string[]>) => async (host: string) =>
  (table[host] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

const LITERALS =
  `http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f.1/ http://0x7f000001/
  http://0177.0.0.1/ http://127.0.0.1./ http://0/ http://0.0.0.0/ http://10.1.2.3/ http://172.16.0.1/
  http://172.31.255.255/ http://192.168.1.1/ http://100.64.0.1/ http://100.127.255.254/ http://192.0.0.8/
  http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.7/ http://203.0.113.9/ http://224.0.0.1/
  http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/ http://169.254.169.254/
  http://168.63.129.16/ http://100.100.100.200/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/
  http://[::ffff:7f00:1]/ http://[::ffff:a9fe:a9fe]/ http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/
  http://[64:ff9b:1::1]/ http://[2002:7f00:1::]/ http://[2002:a9fe:a9fe::1]/ http://[2001:0:4136:e378::1]/
  http://[fc00::1]/ http://[fd12:3456::1]/ http://[fd00:ec2::254]/ http://[fe80::1]/ http://[fec0::1]/
  http://[ff02::1]/ http://[2001:db8::1]/ http://[100::1]/ http://①②⑦.⓪.⓪.①/`.split(/\s+/);

test.each(LITERALS)("SSRF: %s is refused before any connection", (url) => {
  expect(() => openGate({ allow: [] }, url, names({}))).toThrowError(
    expect.objectContaining({ name: "AppError", code: "outbound_blocked" }),
  );
});

test.each([
  "http://93.184.216.34/",
  "https://1.1.1.1/",
  "https://[2606:4700::1111]/",
  "http://172.32.0.1/",
])("a public address is let through: %s", (url) => {
  expect(openGate({ allow: [] }, url, names({})).url.href).toBe(url);
});

test.each([
  "ftp://idp.test/",
  "file:///etc/passwd",
  "gopher://idp.test/",
  "https://user:pw@idp.test/",
  "idp.test",
  "",
  "javascript:alert(1)",
  "data:text/plain,x",
])("an address that is not plain http(s) is refused: %s", async (url) => {
  const error = refusal(await guardedFetch({ allow: [] })(url).catch((caught) => caught));
  expect(error).toMatchObject({
    code: "outbound_failed",
    fix: expect.stringContaining("https://"),
  });
  expect(networkFault(error)).toBe("bad_url");
});

describe("allow list", () => {
  test.each([
    [["127.0.0.0/8"], "http://127.0.0.1/", true],
    [["127.0.0.0/8"], "http://[::ffff:127.0.0.1]/", true],
    [["127.0.0.1"], "http://127.0.0.2/", false],
    [["127.0.0.1:9000"], "http://127.0.0.1:9000/", true],
    [["127.0.0.1:9000"], "http://127.0.0.1:9001/", false],
    [["[::1]:9000"], "http://[::1]:9000/", true],
    [["[::1]:9000"], "http://[::1]/", false],
    [["fd00::/8"], "http://[fd12::1]/", true],
    [["10.0.0.0/8"], "http://192.168.0.1/", false],
    [["0.0.0.0/0", "::/0"], "http://192.168.0.1/", true],
    [["nonsense", "300.1.1.1/99"], "http://10.0.0.1/", false],
  ])("%j and %s: allowed is %s", (allow, url, allowed) => {
    const open = () => openGate({ allow }, url, names({}));
    if (allowed) expect(open).not.toThrow();
    else expect(open).toThrow();
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
  ])("SSRF: link-local and metadata stay refused when allow-listed: %s", (url) => {
    const allow = ["0.0.0.0/0", "::/0", new URL(url).hostname, "169.254.169.254"];
    expect(() => openGate({ allow }, url, names({}))).toThrowError(
      expect.objectContaining({
        code: "outbound_blocked",
        message: expect.stringContaining("metadata"),
      }),
    );
  });
});

let server: Server;
let origin = "";
let port = 0;
const hits: string[] = [];

beforeAll(async () => {
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
  server = createServer((request, response) => {
    hits.push(request.url ?? "");
    const send: Record<string, () => void> = {
      "/json": () => response.setHeader("content-type", "application/json").end('{"a":1}'),
      "/echo": () => response.end(JSON.stringify(request.headers)),
      "/redirect": () => response.writeHead(302, { location: "/json" }).end(),
      "/gzip": () => response.setHeader("content-encoding", "gzip").end(gzipSync("squeezed")),
      "/bomb": () => response.setHeader("content-encoding", "gzip").end(bomb),
      "/endless": () => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on("drain", more);
        more();
      },
      "/slow-body": () => response.write("a little"),
      "/cut": () =>
        response.writeHead(200, { "content-length": "100" }).write("x", () => response.destroy()),
      "/hang": () => undefined,
      "/empty": () => response.writeHead(204).end(),
    };
    (send[request.url ?? ""] ?? (() => response.writeHead(404).end()))();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const policy = { allow: ["127.0.0.0/8"] };
const failing = async (path: string, options = {}) =>
  guardedFetch(policy, { timeoutMs: 5000, ...options })(`${origin}${path}`).catch((error) => error);

describe("over the wire", () => {
  test("an answer comes back whole, decompressed, as a Response", async () => {
    const response = await guardedFetch(policy)(`${origin}/gzip`);
    expect(response).toBeInstanceOf(Response);
    expect(await response.text()).toBe("squeezed");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect((await guardedFetch(policy)(`${origin}/empty`)).status).toBe(204);
  });

  test("a redirect is handed over, not followed", async () => {
    hits.length = 0;
    const response = await guardedFetch(policy)(`${origin}/redirect`);
    expect([response.status, response.headers.get("location")]).toEqual([302, "/json"]);
    expect(hits).toEqual(["/redirect"]);
  });

  test("no connection is kept for a later request", async () => {
    const response = await guardedFetch(policy)(`${origin}/echo`);
    expect(await response.json()).toMatchObject({ connection: "close", "user-agent": "Gatehouse" });
  });

  test.each([
    ["/bomb", "too_large"],
    ["/endless", "too_large"],
    ["/slow-body", "timeout"],
    ["/hang", "timeout"],
    ["/cut", "reset"],
  ])("%s ends as %s, in words", async (path, fault) => {
    const error = await failing(path, fault === "timeout" ? { timeoutMs: 300 } : {});
    expect(networkFault(error)).toBe(fault);
    expect(refusal(error)).toMatchObject({
      code: "outbound_failed",
      fix: expect.stringMatching(/\.$/),
    });
    expect(refusal(error)?.cause).toBeDefined();
  });

  test("a caller's own signal ends the request too", async () => {
    const signal = AbortSignal.abort();
    const error = await guardedFetch(policy)(`${origin}/json`, { signal }).catch(
      (caught) => caught,
    );
    expect(refusal(error)?.code).toBe("outbound_failed");
  });

  test("a closed port, a foreign port and https on an http port each have their own words", async () => {
    const call = (url: string) => guardedFetch(policy)(url).catch((error) => networkFault(error));
    expect(await call("http://127.0.0.1:9/")).toBe("bad_port");
    expect(await call(`https://127.0.0.1:${port}/`)).toBe("tls_protocol");
    expect(await call("http://127.0.0.1:1025/")).toBe("refused");
  });
});

describe("names", () => {
  const lookup = names({
    "idp.test": ["127.0.0.1"],
    "mixed.test": ["93.184.216.34", "10.0.0.1"],
    "metadata.test": ["169.254.169.254"],
    "mapped.test": ["::ffff:10.0.0.1"],
  });
  const call = (host: string, allow: string[]) =>
    guardedFetch(
      { allow },
      { lookup },
    )(`http://${host}:${port}/json`).then(
      (response) => response.status,
      (error) => refusal(error)?.code,
    );

  test("SSRF: a name is refused when any of its addresses is private", async () => {
    hits.length = 0;
    expect(await call("idp.test", [])).toBe("outbound_blocked");
    expect(await call("mixed.test", [])).toBe("outbound_blocked");
    expect(await call("mapped.test", [])).toBe("outbound_blocked");
    expect(hits).toEqual([]);
  });

  test("SSRF: a name that leads to metadata is refused although the name is allowed", async () => {
    expect(await call("metadata.test", ["metadata.test", "169.254.0.0/16"])).toBe(
      "outbound_blocked",
    );
  });

  test("an allowed name, name and port, or network is called", async () => {
    expect(await call("idp.test", ["idp.test"])).toBe(200);
    expect(await call("IDP.test.", ["idp.test"])).toBe("outbound_failed");
    expect(await call("idp.test", [`idp.test:${port}`])).toBe(200);
    expect(await call("idp.test", ["127.0.0.1"])).toBe(200);
    expect(await call("idp.test", ["idp.test:1"])).toBe("outbound_blocked");
  });

  test("SSRF: DNS rebinding has no second look-up to win", async () => {
    let asked = 0;
    const rebinding = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    };
    const fetch = guardedFetch({ allow: ["127.0.0.0/8"] }, { lookup: rebinding });
    expect((await fetch(`http://rebind.test:${port}/json`)).status).toBe(200);
    expect(asked).toBe(1);
  });

  test.each<[string, string[], boolean]>([
    ["http://rebind.test/", ["10.0.0.0/8"], false],
    ["http://rebind.test/", ["rebind.test"], true],
    ["http://rebind.test/", ["93.184.216.0/24"], true],
    ["https://rebind.test/", [], true],
  ])("DNS rebinding: %s with %j allowed, found at a public address: %s", (url, allow, may) => {
    const gate = openGate({ allow }, url, lookup, { plainHttpToListed: true });
    const check = () => gate.checkPeer("93.184.216.34");
    if (may) expect(check).not.toThrow();
    else expect(check).toThrow("without TLS");
  });

  test("SSRF: a socket that ended up at a refused address is given up", () => {
    const gate = openGate({ allow: [] }, "https://idp.test/", lookup);
    expect(() => gate.checkPeer("93.184.216.34")).not.toThrow();
    expect(() => gate.checkPeer("::ffff:127.0.0.1")).toThrow();
    expect(() => gate.checkPeer(undefined)).toThrow();
  });

  test("a name without addresses is a DNS fault, and the message says which name", async () => {
    const error = await guardedFetch(
      { allow: [] },
      { lookup },
    )("https://nowhere.test/").catch((e) => e);
    expect(networkFault(error)).toBe("dns");
    expect(refusal(error)?.message).toBe("The name nowhere.test was not found in DNS.");
  });

  test("a refusal names the setting that lifts it", async () => {
    const error = await guardedFetch({ allow: [] }, { lookup })("http://idp.test/").catch((e) => e);
    expect(refusal(error)?.message).toContain(
      "idp.test (127.0.0.1) is on a private or reserved network",
    );
    expect(refusal(error)?.fix).toContain("Settings > System");
  });
});

test.each([
  ["http://idp.test/", ["idp.test"], true],
  ["http://idp.test:8080/", ["idp.test:8080"], true],
  ["http://idp.test/", ["idp.test:8080"], false],
  ["http://idp.test/", ["10.0.0.0/8"], true],
  ["http://half.test/", ["10.0.0.0/8"], false],
  ["http://10.0.0.1/", ["10.0.0.0/8"], true],
  ["http://169.254.169.254/", ["0.0.0.0/0"], false],
  ["http://public.test/", [], false],
  ["http://unknown.test/", ["10.0.0.0/8"], false],
  ["nonsense", ["nonsense"], false],
])("plain http to %s with %j allowed: %s", async (url, allow, expected) => {
  const lookup = names({
    "idp.test": ["10.0.0.1"],
    "half.test": ["10.0.0.1", "93.184.216.34"],
    "public.test": ["93.184.216.34"],
  });
  expect(await mayUsePlainHttp({ allow }, url, lookup)).toBe(expected);
});
