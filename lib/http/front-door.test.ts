import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { limitBody, MAX_BODY_BYTES } from "./body-limit";
import { trustedProxies } from "./forwarded";
import {
  isForMachines,
  isMachinePath,
  isReadablePath,
  pathForLog,
  sanitiseRequest,
} from "./front-door";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Listener = Parameters<typeof createServer>[1];
async function listening(listener: Listener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

/** What Next (`headers`) and Hono (a Request) see of a request, behind a proxy that is trusted or not. */
async function seen(headers: Record<string, string | string[]>, networks: string[]) {
  let node: IncomingMessage["headers"] = {};
  const isTrusted = trustedProxies(networks);
  const hono = getRequestListener((fetched) => Response.json(Object.fromEntries(fetched.headers)), {
    overrideGlobalObjects: false,
  });
  const port = await listening((req, res) => {
    sanitiseRequest(req, isTrusted);
    node = { ...req.headers };
    void hono(req, res);
  });
  const body = await new Promise<string>((resolve, reject) => {
    request({ port, host: "127.0.0.1", headers }, async (answer) => {
      resolve((await answer.toArray()).join(""));
    })
      .on("error", reject)
      .end();
  });
  return { node, hono: JSON.parse(body) as Record<string, string> };
}

const CLAIMED = {
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-host": "gate.example",
  "x-forwarded-proto": "https",
  "x-request-id": "given-by-the-proxy",
};

describe("headers that say who sent a request", () => {
  it("are believed from a trusted proxy, by both readers", async () => {
    const { node, hono } = await seen(CLAIMED, ["127.0.0.1"]);
    expect(node).toMatchObject(CLAIMED);
    expect(hono).toMatchObject(CLAIMED);
  });

  it("spoofed by a stranger, are dropped for both readers", async () => {
    const spoofed = {
      ...CLAIMED,
      "X-Forwarded-Uri": "/admin",
      "x-forwarded-prefix": "/x",
      forwarded: "for=203.0.113.7",
      "x-real-ip": "203.0.113.7",
    };
    const views = await seen(spoofed, ["10.0.0.0/8"]);
    for (const view of [views.node, views.hono]) {
      expect(view).toMatchObject({ "x-forwarded-for": "127.0.0.1" });
      expect(JSON.stringify(view)).not.toMatch(/203\.0\.113|gate\.example|given-by|\/admin/);
      expect(view).not.toHaveProperty("x-forwarded-proto");
      expect(view).not.toHaveProperty("x-forwarded-prefix");
    }
  });

  it("sent twice, do not hide the second from either reader", async () => {
    const headers = { "x-forwarded-for": ["198.51.100.1", "203.0.113.7"] };
    const { node, hono } = await seen(headers, ["127.0.0.1"]);
    expect(node["x-forwarded-for"]).toBe("203.0.113.7");
    expect(hono["x-forwarded-for"]).toBe("203.0.113.7");
  });

  it.each(["x-middleware-subrequest", "x-middleware-rewrite", "x-gatehouse-path"])(
    "CVE-2025-29927: %s never reaches Next, from whomever",
    async (name) => {
      const { node, hono } = await seen({ [name]: "middleware:middleware" }, ["127.0.0.1"]);
      expect(node).not.toHaveProperty(name);
      expect(hono).not.toHaveProperty(name);
    },
  );

  it.each(["a b", "x\u00e9-request", "short", "x".repeat(65), '"};alert(1)'])(
    "a request id that could confuse a log is replaced: %j",
    async (id) => {
      const { node } = await seen({ "x-request-id": Buffer.from(id).toString("latin1") }, [
        "127.0.0.1",
      ]);
      expect(node["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it.each(["gate.example/../", "a b", "<script>", "gate.example:99999999"])(
    "a forwarded host that is none is dropped: %j",
    async (host) => {
      const { node } = await seen({ "x-forwarded-host": host }, ["127.0.0.1"]);
      expect(node).not.toHaveProperty("x-forwarded-host");
    },
  );
});

describe("bodies", () => {
  const echo: Listener = (req, res) => {
    if (!limitBody(req, res)) return;
    let bytes = 0;
    req.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    req.on("end", () => res.end(String(bytes)));
  };

  async function post(
    port: number,
    headers: Record<string, string>,
    chunks: Buffer[],
  ): Promise<{ status: number | null; text: string }> {
    return new Promise((resolve) => {
      const sent = request({ port, host: "127.0.0.1", method: "POST", headers }, async (answer) => {
        const text = (await answer.toArray().catch(() => [])).join("");
        resolve({ status: answer.statusCode ?? null, text });
      });
      sent.on("error", () => resolve({ status: null, text: "" }));
      for (const chunk of chunks) sent.write(chunk);
      sent.end();
    });
  }

  it("announced as too large are refused before they are read", async () => {
    const port = await listening(echo);
    const answer = await post(port, { "content-length": String(MAX_BODY_BYTES + 1) }, []);
    expect(answer.status).toBe(413);
  });

  it("that grow too large without being announced are cut off", async () => {
    const port = await listening(echo);
    const chunks = Array(40).fill(Buffer.alloc(65_536));
    const answer = await post(port, { "transfer-encoding": "chunked" }, chunks);
    expect(answer).toEqual({ status: 413, text: expect.stringContaining("larger than") });
  });

  /** Sends everything before it reads anything, as a client that is slow to listen does. */
  function sendAllThenRead(port: number, body: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.on("error", reject).pause();
      socket.write(`POST / HTTP/1.1\r\nHost: gate\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body, () => {
        const parts: Buffer[] = [];
        socket.on("data", (part: Buffer) => parts.push(part));
        socket.on("close", () => resolve(Buffer.concat(parts).toString())).resume();
      });
    });
  }

  it("12 MB are dropped and not reset: the client can read why", async () => {
    const answer = await sendAllThenRead(
      await listening(echo),
      Buffer.alloc(12 * MAX_BODY_BYTES, "x"),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("larger than");
    expect(answer.split("HTTP/1.1 ")).toHaveLength(2);
  });

  it("memory and time: an endless body is cut off in the end", async () => {
    const port = await listening(echo);
    const socket = connect({ port, host: "127.0.0.1" });
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined).resume();
    socket.write("POST / HTTP/1.1\r\nHost: gate\r\nContent-Length: 99999999999\r\n\r\n");
    const more = Buffer.alloc(MAX_BODY_BYTES);
    const pour = () => socket.writable && socket.write(more, pour);
    pour();
    await gone;
    expect(socket.bytesWritten).toBeLessThan(99_999_999_999);
  });

  it("within the limit arrive whole, announced or not", async () => {
    const port = await listening(echo);
    const chunks = [Buffer.alloc(300_000), Buffer.alloc(300_000)];
    const chunked = await post(port, { "transfer-encoding": "chunked" }, chunks);
    const announced = await post(port, { "content-length": "600000" }, chunks);
    expect([chunked.text, announced.text]).toEqual(["600000", "600000"]);
  });
});

it.each([
  ["/healthz", true],
  ["/readyz?x=1", true],
  ["/cdn-cgi/access", true],
  ["/cdn-cgi/access/callback?code=1", true],
  ["/cdn-cgi/accessible", false],
  ["/cdn-cgi/", false],
  ["/healthzz", false],
  ["//healthz", false],
  ["/settings/cdn-cgi/access", false],
])("%s is a machine path: %s", (url, expected) => {
  expect(isMachinePath(url)).toBe(expected);
});

it.each([
  ["/cdn-cgi/access/callback?code=secret&state=s", "/cdn-cgi/access/callback"],
  ["/invite/one-time-token", "/invite/[redacted]"],
  ["/cdn-cgi/access/test/one-time-token", "/cdn-cgi/access/test/[redacted]"],
  [`//cdn-cgi/${"T-_9".repeat(11).slice(1)}/`, "//cdn-cgi/[redacted]/"],
  ["/settings", "/settings"],
  [`/${"a".repeat(1000)}`, `/${"a".repeat(299)}`],
])("the access log holds no secret of %s", (url, expected) => {
  expect(pathForLog(url)).toBe(expected);
});

it.each([
  ["/login", true],
  ["/gr%C3%BC%C3%9Fe?q=%", true],
  ["/%ff", false],
  ["/%", false],
  ["/%c0%af", false],
  ["*", false],
  ["http://evil.example/login", false],
])("error flood, open redirect: whether %s is a path that can be decoded: %s", (url, readable) => {
  expect(isReadablePath(url)).toBe(readable);
});

describe("a team domain with a host of its own", () => {
  const own = { console: "gatehouse.example.com", team: "acme.example.com:8443" };

  it("serves nothing of the console, however its host is spelled", () => {
    for (const host of [
      "acme.example.com:8443",
      "ACME.example.com:8443",
      "acme.example.com.:8443",
    ]) {
      for (const url of ["/", "/settings", "/sign-in", "/_next/static/x.js", "/api/auth/session"]) {
        expect(isForMachines(url, host, own)).toBe(true);
      }
    }
    for (const host of ["acme.example.com", "acme.example.com.", "acme.example.com:443"]) {
      expect(isForMachines("/", host, { ...own, team: "acme.example.com" })).toBe(true);
      const renamed = { ...own, team: "umbrella.example.com", former: ["acme.example.com"] };
      expect(isForMachines("/", host, renamed)).toBe(true);
    }
  });

  it("leaves the console to Next, and machine paths to Hono everywhere", () => {
    expect(isForMachines("/settings", own.console, own)).toBe(false);
    expect(isForMachines("/settings", undefined, own)).toBe(false);
    expect(isForMachines("/cdn-cgi/access/certs", own.console, own)).toBe(true);
    expect(isForMachines("/cdn-cgi/access/certs", "app.example.com", own)).toBe(true);
  });

  it("leaves pages to Next where both are one host", () => {
    const one = { console: "localhost:3000", team: "localhost:3000" };
    expect(isForMachines("/", "localhost:3000", one)).toBe(false);
    expect(isForMachines("/healthz", "localhost:3000", one)).toBe(true);
  });
});
