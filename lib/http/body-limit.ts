import type { IncomingMessage, ServerResponse } from "node:http";

/** Larger than any form of the console, smaller than anything that hurts. */
export const MAX_BODY_BYTES = 1_048_576;

function refuse(req: IncomingMessage, res: ServerResponse): void {
  const text = `This request is larger than ${MAX_BODY_BYTES} bytes, which is all that Gatehouse reads.\n`;
  if (res.headersSent) {
    req.destroy();
    return;
  }
  res.writeHead(413, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    connection: "close",
  });
  res.end(text, () => req.destroy());
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
    if (!res.headersSent) refuse(req, res);
    return false;
  };
  return true;
}
