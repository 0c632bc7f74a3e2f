import type { ServerResponse } from "node:http";
import { fault } from "./fault";
import type { Reply } from "./reply";

function send({ res, reply: { status, headers, body } }: Waiting): void {
  if (res.destroyed) return;
  try {
    // A proxy keeps its connection when it knows that nothing follows.
    if (status !== 204 && status !== 304)
      headers["content-length"] = String(Buffer.byteLength(body));
    res.writeHead(status, headers);
    res.end(body);
  } catch (err) {
    // A header that node:http refuses: nothing was sent yet, so nothing was let through.
    fault(err);
    res.destroy();
  }
}

interface Waiting {
  res: ServerResponse;
  reply: Reply;
}

let waiting: Waiting[] = [];

function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const one of all) send(one);
}

/**
 * Sends a reply when whatever came with the same turn of the event loop is decided too. A write that
 * wakes a waiting proxy costs the system more than a decision does; of several in a row only the first
 * one wakes it.
 */
export function sendSoon(res: ServerResponse, reply: Reply): void {
  if (waiting.push({ res, reply }) === 1) setImmediate(sendAll);
}
