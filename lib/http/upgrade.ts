import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Answers a request to switch protocols: nothing here speaks another one. Node takes its own error
 * listener off such a socket, so without ours a client that resets it would end the process; and
 * one that never hangs up would keep it open for good.
 */
export function refuseUpgrade(socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  socket.end(
    "HTTP/1.1 426 Upgrade Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    () => socket.destroy(),
  );
}

/**
 * Answers it as if it asked for no other protocol, which RFC 9110 §7.8 allows: proxies hand a
 * browser's Upgrade on when they ask the gate about a WebSocket. The connection ends afterwards.
 */
export function answerUpgrade(
  req: IncomingMessage,
  socket: Duplex,
  handle: (req: IncomingMessage, res: ServerResponse) => void,
): void {
  socket.on("error", () => socket.destroy());
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket as Socket);
  res.once("finish", () => {
    res.detachSocket(socket as Socket);
    socket.end(() => socket.destroy());
  });
  handle(req, res);
}
