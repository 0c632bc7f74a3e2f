import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { gateDoor } from "@/lib/gate/door";
import { type GateDoor, handleForwardAuth } from "@/lib/gate/front-ends/handle";
import { isForwardAuth } from "@/lib/gate/front-ends/read-question";
import { log } from "@/lib/kit/log";
import { limitBody } from "./body-limit";
import type { Drain } from "./drain";
import { trustedProxies } from "./forwarded";
import { isReadablePath, sanitiseRequest } from "./front-door";
import { logWhenDone } from "./listening";
import { REQUEST_ID_HEADER } from "./request-id";
import { answerUpgrade, refuseUpgrade } from "./upgrade";

export type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

interface Served {
  /** Addresses and networks whose word about a request is believed. */
  trustedProxies: readonly string[];
  drain: Drain;
  /** Headers for whatever answer follows. */
  headers(req: IncomingMessage): Iterable<[name: string, value: string]>;
  /** Answers all but the gate's questions. */
  handler(req: IncomingMessage): Handler;
}

function failed(res: ServerResponse, err: unknown, requestId: string): void {
  log.error({ err, requestId }, "a request failed");
  if (!res.headersSent) res.writeHead(500).end();
}

/** What `server.ts` and `gate.ts` have in common: the gate first, then everything else, cleaned up. */
export function serve(server: Server, served: Served): void {
  const isTrusted = trustedProxies(served.trustedProxies);
  let door: GateDoor | undefined;

  function askGate(req: IncomingMessage, res: ServerResponse): void {
    door ??= gateDoor();
    handleForwardAuth(req, res, door);
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { requestId, address } = sanitiseRequest(req, isTrusted);
    res.setHeader(REQUEST_ID_HEADER, requestId);
    for (const [name, value] of served.headers(req)) res.setHeader(name, value);
    logWhenDone(req, res, address);
    if (!isReadablePath(req.url ?? "/")) {
      res.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
      res.end("This address is not a path, or not encoded as one must be.\n");
      return;
    }
    if (!limitBody(req, res)) return;
    try {
      await served.handler(req)(req, res);
    } catch (err) {
      failed(res, err, requestId);
    }
  }

  server.on("request", (req, res) => {
    served.drain.mark(res);
    // The gate reads what a proxy says by rules of its own, so before anything is rewritten.
    if (isForwardAuth(req.url ?? "/")) askGate(req, res);
    else void answer(req, res);
  });
  server.on("upgrade", (req, socket) => {
    if (isForwardAuth(req.url ?? "/")) answerUpgrade(req, socket, askGate);
    else refuseUpgrade(socket);
  });
}
