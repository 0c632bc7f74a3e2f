import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isAppError } from "@/lib/kit/errors";
import { guardedFetch } from "./guarded-fetch";
import { networkFault } from "./network-fault";
import { CERTIFICATE, startServer, type TestServer } from "./tls-for-tests";

vi.setConfig({ testTimeout: 60_000 });
const policy = { allow: ["localhost", "127.0.0.1"] };

let secure: TestServer;
let plain: TestServer;
let folder: string;
beforeAll(async () => {
  secure = await startServer("https");
  plain = await startServer("http");
  folder = await mkdtemp(join(tmpdir(), "gatehouse-tls-"));
  await writeFile(join(folder, "ca.pem"), CERTIFICATE);
});
afterAll(async () => {
  secure.stop();
  plain.stop();
  await rm(folder, { recursive: true });
});

const failure = async (url: string) => {
  const error: unknown = await guardedFetch(policy)(url).catch((thrown: unknown) => thrown);
  if (!isAppError(error)) throw new Error(`not refused: ${error}`);
  return { fault: networkFault(error), message: error.message, fix: error.fix };
};

/** Node reads trusted authorities when it starts, so this one asks from a process of its own. */
async function trusting(url: string): Promise<string> {
  const script = `
    import { guardedFetch } from "${new URL("./guarded-fetch.ts", import.meta.url)}";
    const ask = guardedFetch(${JSON.stringify(policy)});
    const said = await ask("${url}").then((answer) => answer.text(), (error) => error.message);
    process.stdout.write(said);`;
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "--eval", script],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") } },
  );
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  await new Promise((done) => child.on("close", done));
  return said;
}

describe("TLS", () => {
  test("a certificate that nobody vouches for is named, with what to do", async () => {
    expect(await failure(`https://localhost:${secure.port}/`)).toEqual({
      fault: "tls_untrusted",
      message: `The TLS certificate of localhost:${secure.port} is not trusted by the Gatehouse server.`,
      fix: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    });
  });

  test("that very advice makes it trusted, for its own name", async () => {
    expect(await trusting(`https://localhost:${secure.port}/`)).toBe('{"keys":[]}');
  });

  test("a trusted certificate for another name is named", async () => {
    expect(await trusting(`https://127.0.0.1:${secure.port}/`)).toBe(
      `The TLS certificate of 127.0.0.1:${secure.port} is for another name.`,
    );
  });

  test("plain HTTP at an https address is named", async () => {
    expect(await failure(`https://localhost:${plain.port}/`)).toMatchObject({
      fault: "tls_protocol",
      message: `localhost:${plain.port} does not speak TLS at this address.`,
    });
  });

  test("TLS at an http address is named", async () => {
    expect((await failure(`http://localhost:${secure.port}/`)).fault).toMatch(/^(reset|not_http)$/);
  });
});
