import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { machine } from "./app";

export const CONSOLE = "http://localhost:3999";
export const CALLBACK = `${CONSOLE}/cdn-cgi/access/callback`;

/** A browser as the data plane sees one: it follows nothing by itself, and it keeps its cookies. */
export class TestBrowser {
  readonly jar = new Map<string, string>();

  async open(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(init.headers);
    if (cookie) headers.set("cookie", cookie);
    const response = await machine().request(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Opens a run's first address and returns where it sends the browser. */
  async leave(entry: string): Promise<string> {
    return (await this.open(entry)).headers.get("location") ?? "";
  }
}

export interface CountingProxy {
  url: string;
  /** Requests so far. */
  count(): number;
  close(): Promise<void>;
}

/** Stands before one endpoint and counts who calls it. */
export async function countingProxy(target: string): Promise<CountingProxy> {
  let count = 0;
  const server = createServer(async (req, res) => {
    count += 1;
    const body = Buffer.concat(await req.toArray());
    const headers = Object.fromEntries(
      Object.entries(req.headers).filter(([name]) =>
        ["content-type", "accept", "authorization"].includes(name),
      ),
    ) as Record<string, string>;
    const answer = await fetch(target, {
      method: req.method,
      headers,
      body: body.length > 0 ? body : null,
    });
    res.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    res.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/token`,
    count: () => count,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
