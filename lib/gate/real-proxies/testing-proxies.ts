import { createHash } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { machine } from "@/lib/http/app";
import { SERVER_LIMITS } from "@/lib/http/listening";
import { serve } from "@/lib/http/serve";
import { env } from "@/lib/kit/env";
import { faultOf } from "./testing-faults";
import type { Running } from "./testing-launch";

async function listening(server: Server): Promise<Running> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        // Those of a WebSocket are not the server's any more.
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Has it fail where a path says so (testing-faults.ts). */
function failing(server: Server): void {
  const healthy = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", (req, res) => {
    const fault = faultOf(req);
    if (fault) fault(req, res);
    else for (const answer of healthy) answer(req, res);
  });
}

/** Gatehouse's data plane as `gate.ts` serves it, with the default for trusted proxies. */
export function startGate(): Promise<Running> {
  const server = createServer(SERVER_LIMITS);
  const machines = getRequestListener((request) => machine().fetch(request), {
    overrideGlobalObjects: false,
  });
  serve(server, {
    trustedProxies: env().trustedProxies,
    drain: { mark: () => undefined, stop: () => undefined },
    headers: () => [],
    handler: () => machines,
  });
  failing(server);
  return listening(server);
}

/** What reached the application. */
export interface Received {
  method: string;
  url: string;
  /** Names and values in turn, as they came. */
  rawHeaders: string[];
  bodyBytes: number;
  bodyHash: string;
}

/** An application that says what it was asked, and speaks a WebSocket's first word. */
export async function startEcho(): Promise<Running & { received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (req, res) => {
    const hash = createHash("sha256");
    let bodyBytes = 0;
    for await (const chunk of req) {
      hash.update(chunk as Buffer);
      bodyBytes += (chunk as Buffer).length;
    }
    const { method = "", url = "", rawHeaders } = req;
    const one = { method, url, rawHeaders, bodyBytes, bodyHash: hash.digest("hex") };
    received.push(one);
    res.writeHead(200, { "content-type": "application/json", "x-echo": "yes" });
    res.end(JSON.stringify(one));
  });
  server.on("upgrade", (req, socket) => {
    const { method = "", url = "", rawHeaders } = req;
    received.push({ method, url, rawHeaders, bodyBytes: 0, bodyHash: "" });
    socket.on("error", () => socket.destroy());
    // RFC 6455 §4.2.2: some proxies look whether it fits.
    const accept = createHash("sha1")
      .update(`${req.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
    );
    socket.write(`Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
    socket.write("hello from the application");
    socket.on("data", (chunk) => socket.write(`, you said ${chunk.toString()}`));
  });
  return { ...(await listening(server)), received };
}
