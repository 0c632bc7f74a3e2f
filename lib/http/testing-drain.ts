import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { drainOnSignal } from "./drain";

/** A process for `drain.test.ts`: `/slow` takes as many milliseconds as it is asked for. */
const server = createServer((req, res) => {
  drain.mark(res);
  const ms = Number(new URL(req.url ?? "/", "http://x").searchParams.get("ms"));
  process.stdout.write("asked\n");
  setTimeout(() => res.end("whole"), ms);
});
const drain = drainOnSignal(
  server,
  async () => {
    process.stdout.write("cleaned\n");
  },
  { lameDuckMs: 100, graceMs: 60_000 },
);
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
