import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { machine } from "./app";
import { SERVER_LIMITS } from "./listening";
import { serve } from "./serve";

export interface Served {
  port: number;
  stop(): Promise<void>;
}

/** The data plane on a port of its own, behind the same front door as `server.ts` and `gate.ts`. */
export async function serveHere(trustedProxies: readonly string[] = []): Promise<Served> {
  const server = createServer(SERVER_LIMITS);
  const machines = getRequestListener((asked) => machine().fetch(asked), {
    overrideGlobalObjects: false,
  });
  const drain = { mark: () => undefined, stop: () => undefined };
  serve(server, { trustedProxies, drain, headers: () => [], handler: () => machines });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface WireRequest {
  method: string;
  /** Sent as it is: no spelling of it is made plain. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer | null;
}

export interface WireAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
}

/** One request over a socket, to the letter. */
export function ask(
  port: number,
  { method, path, headers = {}, body = null }: WireRequest,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { host: "127.0.0.1", port, method, path, headers: { ...length, ...headers } };
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(told),
          text: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}
