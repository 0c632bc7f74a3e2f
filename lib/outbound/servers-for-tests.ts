import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createHttps, type ServerOptions } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";

export interface Running {
  port: number;
  stop(): void;
}

async function listen(server: Server, sockets: Set<Socket>): Promise<Running> {
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** A server with TLS on 127.0.0.1. */
export const startTlsServer = (options: ServerOptions, answer: RequestListener): Promise<Running> =>
  listen(createHttps(options, answer), new Set());

export interface TestProxy extends Running {
  /** What it was asked to connect to, in order. */
  asked: string[];
  /** `Proxy-Authorization` of each request. */
  credentials: (string | undefined)[];
  /** First bytes that went through each tunnel. */
  seen: string[];
  /** Answers instead of connecting; "hang" does not answer at all. */
  refusal: number | "hang" | null;
}

/**
 * A real CONNECT proxy on 127.0.0.1. It resolves names by its own table, as a proxy does: from
 * `host:port` to a port of this machine.
 */
export async function startProxy(routes: Record<string, number>): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  const server = createHttp();
  const proxy: Omit<TestProxy, keyof Running> = {
    asked: [],
    credentials: [],
    seen: [],
    refusal: null,
  };
  server.on("connect", (request, client: Socket) => {
    client.on("error", () => undefined);
    proxy.asked.push(request.url ?? "");
    proxy.credentials.push(request.headers["proxy-authorization"]);
    if (proxy.refusal === "hang") return;
    const port = routes[request.url ?? ""];
    const status = proxy.refusal ?? (port === undefined ? 502 : 200);
    client.write(`HTTP/1.1 ${status} Answer\r\n\r\n`);
    if (status !== 200 || port === undefined) return void client.end();
    const upstream = connect(port, "127.0.0.1");
    sockets.add(upstream);
    upstream.on("error", () => client.destroy()).once("close", () => sockets.delete(upstream));
    client.once("data", (first: Buffer) => proxy.seen.push(first.toString("latin1")));
    client.pipe(upstream).pipe(client);
  });
  return Object.assign(proxy, await listen(server, sockets));
}
