import type { IncomingMessage, ServerResponse } from "node:http";

/** Larger than any form of the console, smaller than anything that hurts. */
export const MAX_BODY_BYTES = 1_048_576;

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
  const text = `This request is larger than ${MAX_BODY_BYTES} bytes, which is all that Gatehouse reads.\n`;
  res.writeHead(413, {
    "content-type": "text/plain; charset=utf-8",
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
  if (Number(req.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    refuse(req, res);
    return false;
  }
  if (req.headers["transfer-encoding"] === undefined) return true;
  // A listener for data would start the stream before its reader is there; push is where chunks enter.
  const push = req.push.bind(req);
  let seen = 0;
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    seen += chunk?.length ?? 0;
    if (seen <= MAX_BODY_BYTES) return push(chunk, encoding);
    refuse(req, res);
    return true;
  };
  return true;
}
