import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_SCIM_BYTES } from "@/lib/scim/limits";
import { scimErrorBody } from "@/lib/scim/scim-error";
import { isScimPath, SCIM_TYPE } from "./scim-path";

/** Larger than any form of the console, smaller than anything that hurts. */
export const MAX_BODY_BYTES = 1_048_576;

/** A Group with all its members, or a Bulk request, is larger than what people type. */
const limitOf = (url: string): number => (isScimPath(url) ? MAX_SCIM_BYTES : MAX_BODY_BYTES);

function refusalOf(url: string): { type: string; text: string } {
  const text = `This request is larger than ${limitOf(url)} bytes, which is all that Gatehouse reads.`;
  return isScimPath(url)
    ? { type: SCIM_TYPE, text: JSON.stringify(scimErrorBody(413, text)) }
    : { type: "text/plain; charset=utf-8", text: `${text}\n` };
}

/** How much of a refused body is read and thrown away, so that its sender gets to read why. */
const LINGER_BYTES = 32 * MAX_BODY_BYTES;
const LINGER_MS = 5_000;

/**
 * Answers 413 and lets the client read it. A socket that is closed while the client still sends is
 * reset, and a reset takes the answer with it; so what still arrives is dropped for a while first.
 */
function refuse(req: IncomingMessage, res: ServerResponse): void {
  if (res.headersSent) {
    req.destroy();
    return;
  }
  const { type, text } = refusalOf(req.url ?? "/");
  res.writeHead(413, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    connection: "close",
  });
  // Whole, but not ended: Node closes a socket with its last answer.
  res.write(text);
  const over = () => {
    clearTimeout(timer);
    res.end(() => req.destroy());
  };
  const timer = setTimeout(over, LINGER_MS).unref();
  let dropped = 0;
  req.push = (chunk: Buffer | null): boolean => {
    dropped += chunk?.length ?? 0;
    if (chunk === null || dropped > LINGER_BYTES) over();
    return true;
  };
  req.once("close", () => clearTimeout(timer));
  req.resume();
}

/**
 * Refuses a body over the limit: at once when its length is announced, else as it arrives. Returns
 * false when the request was already answered.
 */
export function limitBody(req: IncomingMessage, res: ServerResponse): boolean {
  const limit = limitOf(req.url ?? "/");
  if (Number(req.headers["content-length"] ?? 0) > limit) {
    refuse(req, res);
    return false;
  }
  if (req.headers["transfer-encoding"] === undefined) return true;
  // A listener for data would start the stream before its reader is there; push is where chunks enter.
  const push = req.push.bind(req);
  let seen = 0;
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    seen += chunk?.length ?? 0;
    if (seen <= limit) return push(chunk, encoding);
    refuse(req, res);
    return true;
  };
  return true;
}
