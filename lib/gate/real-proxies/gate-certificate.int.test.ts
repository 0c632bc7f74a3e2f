import { createSocket, type Socket } from "node:dgram";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUTHORITY, CLIENT, SERVER, STRANGERS_CLIENT } from "@/lib/outbound/pki-for-tests";
import {
  DEBIAN_PROXIES,
  freePort,
  isInstalled,
  OTHER_PROXIES,
  type RealProxy,
  type Running,
  startProxy,
} from "./testing-launch";
import { startEcho } from "./testing-proxies";
import { sendRaw } from "./testing-raw";
import { headersNamed } from "./testing-trial";

/** For an `https` gate, Apache needs LuaSec too. */
const hasTls = (proxy: RealProxy): boolean =>
  isInstalled(proxy) &&
  (proxy !== "apache" || ["5.3", "5.4"].some((one) => existsSync(`/usr/share/lua/${one}/ssl.lua`)));

const PROXIES = [...DEBIAN_PROXIES, ...OTHER_PROXIES.filter(isInstalled)];
const SAID = "the gate's own word";

/** RFC 1035 §4.1: 127.0.0.1 for any name, and nothing but an address of IPv4. */
function loopbackFor(asked: Buffer): Buffer {
  const end = asked.indexOf(0, 12) + 5;
  const answers = asked.readUInt16BE(end - 4) === 1 ? 1 : 0;
  const header = Buffer.from([
    asked[0] ?? 0,
    asked[1] ?? 0,
    0x81,
    0x80,
    0,
    1,
    0,
    answers,
    0,
    0,
    0,
    0,
  ]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([
    header,
    asked.subarray(12, end),
    record.subarray(answers ? 0 : record.length),
  ]);
}

let gate: Server;
let nameserver: Socket;
let echo: Awaited<ReturnType<typeof startEcho>>;
const dir = mkdtempSync(join(tmpdir(), "gatehouse-authority-"));
const authorities = join(dir, "authorities.pem");

beforeAll(async () => {
  writeFileSync(authorities, AUTHORITY);
  // Apache's workers are another user.
  chmodSync(dir, 0o755);
  // Whoever answers here lets everything through.
  gate = createServer({ ...STRANGERS_CLIENT }, (_request, response) => {
    response.writeHead(200, {
      ...{ connection: "close", "content-length": "0", "cf-access-jwt-assertion": SAID },
      "cf-access-authenticated-user-email": "",
    });
    response.end();
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  nameserver = createSocket("udp4");
  nameserver.on("message", (asked, { port, address }) => {
    nameserver.send(loopbackFor(asked), port, address);
  });
  await new Promise<void>((resolve) => nameserver.bind(0, "127.0.0.1", resolve));
  echo = await startEcho();
});
afterAll(async () => {
  gate.closeAllConnections();
  gate.close();
  nameserver.close();
  await echo.stop();
  rmSync(dir, { recursive: true });
});

describe.each(PROXIES)("a gate over https behind a real %s", (proxy) => {
  const trial = hasTls(proxy) ? it : it.skip;
  let port = 0;
  let running: Running | undefined;
  const get = (path: string) => {
    const head = [`GET ${path} HTTP/1.1`, `Host: ${proxy}.localhost:${port}`, "Connection: close"];
    return sendRaw(port, `${head.join("\r\n")}\r\n\r\n`);
  };
  /** What reached the application by the word of a gate with this certificate, and whether its own paths answer. */
  const by = async (certificate: typeof SERVER) => {
    gate.setSecureContext(certificate);
    const before = echo.received.length;
    await get("/");
    const { status } = await get("/cdn-cgi/access/certs");
    return { delivered: echo.received.slice(before), answers: status === 200 };
  };

  beforeAll(async () => {
    if (!hasTls(proxy)) return;
    gate.setSecureContext(STRANGERS_CLIENT);
    port = await freePort();
    // Envoy's resolver and nginx's and HAProxy's idea of a name do not go together here.
    const host = proxy === "envoy" ? "127.0.0.1" : "localhost";
    const gateUrl = `https://${host}:${(gate.address() as AddressInfo).port}`;
    const tls = { gateUrl, authorities, nameserver: nameserver.address().port };
    running = await startProxy(proxy, {
      ...{ gatePort: 0, upstreamPort: echo.port, port, tls },
      destinations: [`${proxy}.localhost:${port}`],
    });
  });
  afterAll(() => running?.stop());

  trial("is not believed with another's certificate (man in the middle)", async () => {
    const nothing = { delivered: [], answers: false };
    expect(await by(STRANGERS_CLIENT), "an authority that is not trusted").toEqual(nothing);
    expect(await by(CLIENT), "another name").toEqual(nothing);
    const { delivered, answers } = await by(SERVER);
    expect(delivered.map((got) => headersNamed(got, /^cf-access-jwt-assertion$/i)[0]?.[1])).toEqual(
      [SAID],
    );
    expect(answers).toBe(true);
  });
});
