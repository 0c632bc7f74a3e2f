import { connect } from "node:net";

export interface RawAnswer {
  status: number;
  /** Lower-case names; several values in a list. */
  headers: Record<string, string[]>;
  body: string;
}

/** Sends bytes as they are, which no HTTP client would, and reads until the answer or the wait is over. */
export function sendRaw(port: number, text: string, waitMs = 5_000): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let data = Buffer.alloc(0);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(readRaw(data.toString("latin1")));
    };
    const timer = setTimeout(finish, waitMs);
    socket.on("data", (chunk) => {
      data = Buffer.concat([data, chunk]);
      if (data.includes("hello from the application")) finish();
    });
    socket.on("end", finish);
    socket.on("error", finish);
    socket.write(Buffer.from(text, "latin1"));
  });
}

function readRaw(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end < 0 ? undefined : end).split("\r\n");
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).toLowerCase();
    headers[name] = [...(headers[name] ?? []), line.slice(at + 1).trim()];
  }
  return {
    status: Number(first.split(" ")[1] ?? 0),
    headers,
    body: end < 0 ? "" : text.slice(end + 4),
  };
}
