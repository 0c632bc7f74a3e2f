import { connect } from "node:net";

export interface RawAnswer {
  status: number;
  /** Lower-case names; several values in a list. */
  headers: Record<string, string[]>;
  body: string;
  /** What came before it: 100 where the sender was told to go on. */
  interim: number[];
}

export interface Sending {
  waitMs?: number;
  /** Sent once the other side has said `to`. */
  reply?: { to: string; text: string };
  /** What ends the wait, besides a whole answer. */
  until?: string;
}

/** Sends bytes as they are, which no HTTP client would, and reads until the answer or the wait is over. */
export function sendRaw(
  port: number,
  text: string,
  { waitMs = 5_000, reply, until }: Sending = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let data = "";
    let held = reply;
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(readRaw(data));
    };
    const timer = setTimeout(finish, waitMs);
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      data += chunk;
      if (held && data.includes(held.to)) {
        socket.write(Buffer.from(held.text, "latin1"));
        held = undefined;
      }
      if ((until && data.includes(until)) || isWhole(readRaw(data))) finish();
    });
    socket.on("end", finish);
    socket.on("error", finish);
    socket.write(Buffer.from(text, "latin1"));
  });
}

function isWhole({ status, headers, body }: RawAnswer): boolean {
  const length = Number(headers["content-length"]?.[0] ?? Number.NaN);
  return status >= 200 && body.length >= length;
}

function readRaw(text: string, interim: number[] = []): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return { status: 0, headers: {}, body: "", interim };
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const status = Number(first.split(" ")[1] ?? 0);
  const body = text.slice(end + 4);
  if (status >= 100 && status < 200 && status !== 101) return readRaw(body, [...interim, status]);
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).toLowerCase();
    headers[name] = [...(headers[name] ?? []), line.slice(at + 1).trim()];
  }
  return { status, headers, body, interim };
}
