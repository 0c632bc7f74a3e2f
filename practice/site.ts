import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request; false leaves it to the next, and to 404 in the end. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => boolean | Promise<boolean>;

export interface Site {
  /** Origin, without a slash at the end. */
  base: string;
  hostPort: string;
  /** Starts to answer. */
  serve(handlers: readonly Handler[]): void;
  stop(): Promise<void>;
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

/** `localhost` may mean either loopback address; a machine without IPv6 has one of them. */
async function listenOnLoopback(
  wanted: number,
  tries = 5,
): Promise<{ port: number; servers: Server[] }> {
  const server = await listen(wanted, "127.0.0.1");
  const { port } = server.address() as AddressInfo;
  try {
    return { port, servers: [server, await listen(port, "::1")] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") return { port, servers: [server] };
    server.close();
    // Any port will do: this one is free on one of the two addresses only.
    if (wanted === 0 && tries > 1) return listenOnLoopback(wanted, tries - 1);
    throw error;
  }
}

async function answer(
  handlers: readonly Handler[],
  request: IncomingMessage,
  response: ServerResponse,
  base: string,
): Promise<void> {
  const target = `${base}${request.url ?? "/"}`;
  if (URL.canParse(target)) {
    const url = new URL(target);
    for (const handler of handlers) if (await handler(request, response, url)) return;
  }
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
  response.end("Not found\n");
}

/** Opens a port on loopback; 0 is any. Throws when the port is taken. */
export async function openSite(wanted: number): Promise<Site> {
  const { port, servers } = await listenOnLoopback(wanted);
  const hostPort = `localhost:${port}`;
  const base = `http://${hostPort}`;
  return {
    base,
    hostPort,
    serve(handlers) {
      for (const server of servers) {
        server.on("request", (request, response) => {
          answer(handlers, request, response, base).catch((error: Error) => {
            process.stderr.write(`${request.method} ${base}: ${error.stack}\n`);
            response.destroy();
          });
        });
      }
    },
    async stop() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
