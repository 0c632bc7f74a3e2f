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
