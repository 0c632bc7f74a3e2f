import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type OutboundProxies, readEnv } from "@/lib/kit/env";
import { errorForLog } from "@/lib/kit/log";
import { type GuardedOptions, guardedFetch } from "./guarded-fetch";
import { networkFault } from "./network-fault";
import { AUTHORITY, SERVER } from "./pki-for-tests";
import { proxyFor, shownProxy } from "./proxy";
import { type Running, startProxy, startTlsServer, type TestProxy } from "./servers-for-tests";
import { startServer, type TestServer } from "./tls-for-tests";

vi.setConfig({ testTimeout: 30_000 });
const PASSWORD = "planted-pa ss:w@rd/%";

let secure: Running;
let plain: TestServer;
let proxy: TestProxy;
const seenHeaders: unknown[] = [];
beforeAll(async () => {
  secure = await startTlsServer(SERVER, (request, response) => {
    seenHeaders.push(request.headers);
    if (request.url === "/redirect") response.writeHead(302, { location: "/elsewhere" });
    response.end("behind the proxy");
  });
  plain = await startServer("http");
  proxy = await startProxy({
    "idp.test:443": secure.port,
    "other.test:443": secure.port,
    "10.1.2.3:80": plain.port,
    "named.test:80": plain.port,
    "93.184.216.34:443": secure.port,
    "169.254.169.254:80": plain.port,
    "rebind.test:443": plain.port,
  });
});
afterAll(() => {
  secure.stop();
  plain.stop();
  proxy.stop();
});
beforeEach(() => {
  proxy.asked.length = 0;
  proxy.credentials.length = 0;
  proxy.seen.length = 0;
  seenHeaders.length = 0;
  proxy.refusal = null;
});

const RESOLVED: Record<string, string> = {
  "intern.test": "10.1.2.3",
  "metadata.test": "169.254.169.254",
  "rebind.test": "93.184.216.34",
};
const lookup = async (host: string) => {
  const address = RESOLVED[host];
  if (!address) throw Object.assign(new Error(), { code: "ENOTFOUND" });
  return [{ address, family: 4 }];
};

const proxiesAt = (proxyUrl: string, noProxy: string[] = []): OutboundProxies => ({
  https: proxyUrl,
  http: proxyUrl,
  noProxy,
});
const user = encodeURIComponent("ada@acme");
const withPassword = () => `http://${user}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`;

const through = (options: GuardedOptions = {}, allow: string[] = []) =>
  guardedFetch(
    { allow },
    {
      lookup,
      tls: { ca: AUTHORITY, cert: null, key: null },
      proxies: proxiesAt(`http://127.0.0.1:${proxy.port}`),
      timeoutMs: 5000,
      ...options,
    },
  );
const failure = async (url: string, options: GuardedOptions = {}, allow: string[] = []) =>
  through(
    options,
    allow,
  )(url).then(
    () => {
      throw new Error(`${url} was not refused`);
    },
    (error: unknown) => error,
  );

describe("through an HTTP proxy", () => {
  test("TLS runs from here to the provider: the proxy learns a name and nothing else", async () => {
    const answer = await through()("https://idp.test/token", {
      method: "POST",
      headers: { authorization: "Basic planted-secret" },
      body: "planted-secret",
    });
    expect(await answer.text()).toBe("behind the proxy");
    expect(proxy.asked).toEqual(["idp.test:443"]);
    expect(proxy.credentials).toEqual([undefined]);
    expect(proxy.seen.join("")).not.toContain("planted-secret");
  });

  test("its user name and password go to the proxy, percent-decoded, and never further", async () => {
    await through({ proxies: proxiesAt(withPassword()) })("https://idp.test/");
    expect(proxy.credentials).toEqual([
      `Basic ${Buffer.from(`ada@acme:${PASSWORD}`).toString("base64")}`,
    ]);
    expect(JSON.stringify(seenHeaders)).not.toMatch(/proxy-authorization/i);
  });

  test("a proxy that itself speaks TLS is used in the same way", async () => {
    const refused = await failure("https://idp.test/", {
      proxies: proxiesAt(`https://127.0.0.1:${secure.port}`),
    });
    // Its certificate is judged by the system's authorities: a login method's are for its provider.
    expect(networkFault(refused)).toBe("proxy_down");
  });

  test("a redirect is handed over, not followed", async () => {
    const answer = await through()("https://idp.test/redirect");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/elsewhere"]);
    expect(proxy.asked).toHaveLength(1);
  });

  test.each([
    [403, "proxy", /would not open a connection to idp\.test/],
    [407, "proxy_auth", /user name and password of HTTPS_PROXY/],
    [502, "proxy_unreachable", /could not reach idp\.test/],
    [503, "proxy_unreachable", /could not reach idp\.test/],
    [504, "proxy_unreachable", /could not reach idp\.test/],
  ] as const)("its answer %i is told as %s, in words", async (status, fault, words) => {
    proxy.refusal = status;
    const error = await failure("https://idp.test/", { proxies: proxiesAt(withPassword()) });
    expect(networkFault(error)).toBe(fault);
    expect((error as Error).message).toMatch(words);
    const whole = JSON.stringify([errorForLog(error), error]);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "ada", "proxy-authorization"]) {
      expect(whole).not.toContain(secret);
    }
  });

  test("a proxy that is not there, and one that speaks something else, are told apart from the provider", async () => {
    const odd = createServer((socket) => socket.end("SSH-2.0-odd\r\n"));
    await new Promise<void>((listening) => odd.listen(0, "127.0.0.1", listening));
    const { port } = odd.address() as AddressInfo;
    for (const at of ["http://127.0.0.1:1025", `http://127.0.0.1:${port}`]) {
      const error = await failure("https://idp.test/", { proxies: proxiesAt(at) });
      expect([at, networkFault(error)]).toEqual([at, "proxy_down"]);
    }
    odd.close();
  });

  test("a proxy that does not answer ends as a timeout", async () => {
    proxy.refusal = "hang";
    expect(networkFault(await failure("https://idp.test/", { timeoutMs: 300 }))).toBe("timeout");
  });

  test("NO_PROXY leads past it", async () => {
    const error = await failure("https://intern.test/", {
      proxies: proxiesAt(withPassword(), [".test"]),
    });
    expect(networkFault(error)).toBe("blocked");
    expect(proxy.asked).toEqual([]);
  });

  test("this machine itself is never asked for through the proxy", async () => {
    const call = guardedFetch(
      { allow: ["127.0.0.1"] },
      { proxies: proxiesAt(`http://127.0.0.1:${proxy.port}`) },
    );
    expect((await call(`http://127.0.0.1:${plain.port}/`)).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });
});

describe("SSRF through the proxy", () => {
  test.each([
    ["an IP literal on a private network", "https://10.0.0.1/"],
    ["the metadata address", "http://169.254.169.254/latest/meta-data/"],
    ["the metadata address in another spelling", "http://[::ffff:169.254.169.254]/"],
    ["link-local over IPv6", "http://[fe80::1]/"],
    ["a name that leads to metadata", "http://metadata.test/"],
    ["a name that leads to a private address", "https://intern.test/"],
    ["a metadata name that only the proxy can look up", "http://metadata.google.internal/"],
    ["a metadata name with a dot at the end", "http://metadata.google.internal./"],
    ["Amazon's old metadata name", "http://instance-data/"],
    ["a name that a DNS service turns into metadata", "http://169.254.169.254.nip.io/"],
    ["the same with dashes", "http://app-169-254-169-254.sslip.io/"],
  ])("%s is refused, and the proxy is never asked", async (_name, url) => {
    expect(networkFault(await failure(url))).toBe("blocked");
    expect(proxy.asked).toEqual([]);
  });

  test("metadata stays refused when the allow list names it", async () => {
    const allow = ["0.0.0.0/0", "metadata.test", "metadata.google.internal", "169.254.169.254"];
    for (const host of ["169.254.169.254", "metadata.test", "metadata.google.internal"]) {
      expect(networkFault(await failure(`http://${host}/`, {}, allow))).toBe("blocked");
    }
    expect(proxy.asked).toEqual([]);
  });

  test("DNS rebinding between us and the proxy: without TLS the proxy gets the checked address", async () => {
    const answer = await through({}, ["10.0.0.0/8"])("http://intern.test/");
    expect(answer.status).toBe(200);
    expect(proxy.asked).toEqual(["10.1.2.3:80"]);
  });

  test("DNS rebinding between us and the proxy: with TLS another server cannot pose as the name", async () => {
    expect(networkFault(await failure("https://rebind.test/"))).toBe("tls_protocol");
    expect(networkFault(await failure("https://other.test/"))).toBe("tls_name");
  });

  test("secrets never go unencrypted to a name that only the proxy can look up, unless it is listed", async () => {
    const guarded = { plainHttpToListed: true };
    expect(networkFault(await failure("http://named.test/", guarded))).toBe("blocked");
    expect(networkFault(await failure("http://named.test/", guarded, ["10.0.0.0/8"]))).toBe(
      "blocked",
    );
    expect(proxy.asked).toEqual([]);
    expect((await through(guarded, ["named.test"])("http://named.test/")).status).toBe(200);
  });

  test("a public literal is asked for as it stands", async () => {
    expect(networkFault(await failure("https://93.184.216.34/"))).toBe("tls_name");
    expect(proxy.asked).toEqual(["93.184.216.34:443"]);
  });

  test("header injection: a host never holds a line break", async () => {
    const error = await failure("https://idp.test%0d%0aX-Evil:%20yes/");
    expect(networkFault(error)).toBe("bad_url");
    expect(proxy.asked).toEqual([]);
  });
});

describe("which proxy", () => {
  const PROXY = "http://proxy.test:3128";
  const noProxy = (list: string) => readEnv({ NO_PROXY: list }).outboundProxies.noProxy;

  test.each([
    ["https://idp.test/", "", true],
    ["https://idp.test/", "*", false],
    ["https://idp.test/", "idp.test", false],
    ["https://IDP.test./", "idp.test", false],
    ["https://sso.idp.test/", "idp.test", false],
    ["https://sso.idp.test/", ".idp.test", false],
    ["https://sso.idp.test/", "*.idp.test", false],
    ["https://notidp.test/", "idp.test", true],
    ["https://idp.test/", "other.test, idp.test", false],
    ["https://idp.test:8443/", "idp.test:8443", false],
    ["https://idp.test/", "idp.test:443", false],
    ["https://idp.test:8443/", "idp.test:443", true],
    ["https://10.1.2.3/", "10.0.0.0/8", false],
    ["https://10.1.2.3/", "10.1.2.3", false],
    ["https://11.1.2.3/", "10.0.0.0/8", true],
    ["https://110.1.2.3/", "10.1.2.3", true],
    ["https://[fd00::1]/", "fd00::/8", false],
    ["https://[::1]/", "", false],
    ["https://localhost/", "", false],
    ["https://app.localhost/", "", false],
    ["https://127.0.0.2/", "", false],
    ["https://idp.test/", ".", true],
  ])("%s with NO_PROXY=%j goes through it: %s", (url, list, expected) => {
    const proxies = { https: PROXY, http: PROXY, noProxy: noProxy(list) };
    expect(proxyFor(proxies, new URL(url)) !== null).toBe(expected);
  });

  test("each scheme has its own", () => {
    const proxies = { https: PROXY, http: null, noProxy: [] };
    expect(proxyFor(proxies, new URL("https://idp.test/"))?.host).toBe("proxy.test:3128");
    expect(proxyFor(proxies, new URL("http://idp.test/"))).toBeNull();
  });

  test.each([
    ["http://ada:planted@proxy.test:3128", "proxy.test:3128"],
    ["http://ada:planted@proxy.test", "proxy.test:80"],
    ["https://proxy.test", "proxy.test:443"],
  ])("is shown without its credentials: %s", (url, shown) => expect(shownProxy(url)).toBe(shown));
});
