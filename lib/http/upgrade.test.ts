import { once } from "node:events";
import { createServer } from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { refuseUpgrade } from "./upgrade";

const REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

async function serverThatRefuses() {
  const server = createServer();
  server.on("upgrade", (_req, socket) => refuseUpgrade(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

test("a client that resets its upgrade request cannot end the process", async () => {
  const { server, port } = await serverThatRefuses();
  const errors: unknown[] = [];
  const note = (error: unknown) => errors.push(error);
  process.on("uncaughtException", note);
  onTestFinished(() => void process.off("uncaughtException", note));
  for (let round = 0; round < 20; round += 1) {
    const refused = once(server, "upgrade");
    const client = net.connect(port, "127.0.0.1", () => {
      client.write(REQUEST);
      client.resetAndDestroy();
    });
    const [, socket] = (await refused) as [unknown, net.Socket];
    if (!socket.closed) await once(socket, "close");
  }
  expect(errors).toEqual([]);
});

test("a client that asks to upgrade is answered, and cannot keep the connection", async () => {
  const { port } = await serverThatRefuses();
  const client = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let answer = "";
  client.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  client.write(REQUEST);
  await once(client, "end");
  expect(answer).toMatch(/^HTTP\/1\.1 426 /);
  client.destroy();
});
