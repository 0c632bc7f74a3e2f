import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ClientTls } from "@/lib/oidc/schema";
import { guardedFetch } from "./guarded-fetch";
import { networkFault } from "./network-fault";
import {
  AUTHORITY,
  CLIENT,
  EXPIRED_CLIENT,
  EXPIRED_SERVER,
  SERVER,
  STRANGER,
  STRANGERS_CLIENT,
} from "./pki-for-tests";
import { type Running, startTlsServer } from "./servers-for-tests";
import { CERTIFICATE, startServer, type TestServer } from "./tls-for-tests";

vi.setConfig({ testTimeout: 60_000 });
const policy = { allow: ["localhost", "127.0.0.1", "other.test"] };
const trusting = (ca: string | null): ClientTls => ({ ca, cert: null, key: null });
const clientOf = (pair: { cert: string; key: string }): ClientTls => ({ ca: AUTHORITY, ...pair });

/** Who the server saw, or the fault. */
async function ask(url: string, tls: ClientTls | null): Promise<string | null> {
  const lookup = async () => [{ address: "127.0.0.1", family: 4 }];
  try {
    return await (await guardedFetch(policy, { tls, lookup })(url)).text();
  } catch (error) {
    return networkFault(error);
  }
}

const peerOf = (socket: TLSSocket): string => {
  const { subject } = socket.getPeerCertificate();
  return typeof subject?.CN === "string" ? subject.CN : "nobody";
};

let server: Running;
let expired: Running;
beforeAll(async () => {
  server = await startTlsServer(
    { ...SERVER, requestCert: true, ca: AUTHORITY, rejectUnauthorized: false },
    (request, response) => response.end(peerOf(request.socket as TLSSocket)),
  );
  expired = await startTlsServer(EXPIRED_SERVER, (_request, response) => response.end());
});
afterAll(() => {
  server.stop();
  expired.stop();
});

describe("certificate authorities of a login method", () => {
  const at = (running: Running, host = "localhost") => `https://${host}:${running.port}/`;

  test.each([
    ["its own authority", AUTHORITY, "nobody"],
    ["its own among several", `${STRANGER}\n${AUTHORITY}`, "nobody"],
    ["another authority", STRANGER, "tls_untrusted"],
    ["none", null, "tls_untrusted"],
    ["the server's certificate, which is no authority", SERVER.cert, "tls_untrusted"],
  ])("trusting %s", async (_name, ca, said) => {
    expect(await ask(at(server), trusting(ca))).toBe(said);
  });

  test("a trusted authority makes neither an expired certificate good nor one for another name", async () => {
    expect(await ask(at(expired), trusting(AUTHORITY))).toBe("tls_expired");
    expect(await ask(at(server, "other.test"), trusting(AUTHORITY))).toBe("tls_name");
  });

  test("one login method's authority is not another's", async () => {
    expect(await ask(at(server), trusting(AUTHORITY))).toBe("nobody");
    expect(await ask(at(server), null)).toBe("tls_untrusted");
  });

  test("certificates that cannot be used are named as the reason, without what is in them", async () => {
    const broken = { ca: null, cert: CLIENT.cert, key: STRANGERS_CLIENT.key };
    const error = await guardedFetch(policy, { tls: broken })(at(server)).catch((thrown) => thrown);
    expect(networkFault(error)).toBe("tls_settings");
    expect(String(error.message) + String(error.fix)).not.toContain("PRIVATE");
  });
});

describe("the system's authorities", () => {
  let plain: TestServer;
  let folder: string;
  beforeAll(async () => {
    plain = await startServer("https");
    folder = await mkdtemp(join(tmpdir(), "gatehouse-ca-"));
    await writeFile(join(folder, "ca.pem"), CERTIFICATE);
  });
  afterAll(async () => {
    plain.stop();
    await rm(folder, { recursive: true });
  });

  test("stay trusted beside those of a login method, NODE_EXTRA_CA_CERTS among them", async () => {
    const script = `
      import { guardedFetch } from "${new URL("./guarded-fetch.ts", import.meta.url)}";
      const tls = { ca: ${JSON.stringify(AUTHORITY)}, cert: null, key: null };
      const ask = (port) => guardedFetch(${JSON.stringify(policy)}, { tls })("https://localhost:" + port + "/")
        .then((answer) => answer.status, (error) => error.message);
      process.stdout.write(JSON.stringify([await ask(${plain.port}), await ask(${server.port})]));`;
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "--input-type=module", "--eval", script],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") } },
    );
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    await new Promise((done) => child.on("close", done));
    expect(said).toBe("[200,200]");
  });
});

const REFUSED: [string, ClientTls][] = [
  ["none", trusting(AUTHORITY)],
  ["one of an authority that it does not know", clientOf(STRANGERS_CLIENT)],
  ["an expired one", clientOf(EXPIRED_CLIENT)],
];

describe.each(["TLSv1.2", "TLSv1.3"] as const)(
  "a server that wants a client certificate, %s",
  (version) => {
    let strict: Running;
    beforeAll(async () => {
      strict = await startTlsServer(
        {
          ...SERVER,
          ca: AUTHORITY,
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: version,
          maxVersion: version,
        },
        (request, response) => response.end(peerOf(request.socket as TLSSocket)),
      );
    });
    afterAll(() => strict.stop());
    const call = (tls: ClientTls) => ask(`https://localhost:${strict.port}/`, tls);

    test("is shown that of the login method", async () =>
      expect(await call(clientOf(CLIENT))).toBe("gatehouse at acme"));

    // Node's own server mostly closes the connection without a reason.
    test.each(REFUSED)("shown %s, it refuses", async (_name, tls) =>
      expect(await call(tls)).toMatch(/^(tls_client|tls_handshake|reset)$/),
    );
  },
);

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.skipIf(!hasOpenssl)("a server of OpenSSL that wants a client certificate", () => {
  let folder: string;
  let port: number;
  let child: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gatehouse-mtls-"));
    const free = await startTlsServer(SERVER, () => undefined);
    port = free.port;
    free.stop();
    const files = { cert: SERVER.cert, key: SERVER.key, CAfile: AUTHORITY };
    for (const [name, pem] of Object.entries(files)) await writeFile(join(folder, name), pem);
    const given = Object.keys(files).flatMap((name) => [`-${name}`, join(folder, name)]);
    const mode = ["-Verify", "1", "-verify_return_error", "-www", "-tls1_3"];
    child = spawn("openssl", ["s_server", "-accept", String(port), ...given, ...mode], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await new Promise<void>((ready) => {
      child.stdout?.on("data", (said) => String(said).includes("ACCEPT") && ready());
    });
  });
  afterAll(async () => {
    child.kill();
    await rm(folder, { recursive: true });
  });

  test.each(REFUSED)(
    "shown %s, it says why it refuses, and the fault repeats it",
    // A reset may overtake the reason on the way, so one of several answers must hold it.
    (_name, tls) =>
      expect
        .poll(() => ask(`https://localhost:${port}/`, tls), { timeout: 20_000 })
        .toBe("tls_client"),
  );

  test("takes the right one", async () =>
    expect(await ask(`https://localhost:${port}/`, clientOf(CLIENT))).toContain("HTML"));
});
