import { type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { escapeHtml, sendPage } from "./html";
import { openSite } from "./site";

/** An application to protect, behind a proxy of its own that asks the gate as Caddy's forward_auth does. */
export interface PracticeApplication {
  /** What to enter as public hostname. */
  host: string;
  url: string;
}

/** Names under localhost are this machine's own, and do not share cookies with `localhost` itself. */
const NAME = "app.localhost";
/** What the gate says about a person; a client's own values never get further than this proxy. */
const IDENTITY = ["cf-access-jwt-assertion", "cf-access-authenticated-user-email"];

interface Asked {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

/** Sends one request to Gatehouse and reads the whole answer. */
function ask(
  gatehouse: URL,
  options: { method: string; path: string; headers: IncomingMessage["headers"] },
  body: Buffer | null,
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = gatehouse;
    const outgoing = send({ host, port, ...options, timeout: 20_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 502,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("Gatehouse did not answer in time")));
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Sets what the proxy knows, over whatever the client sent under these names. */
const forwarded = (request: IncomingMessage): IncomingMessage["headers"] => ({
  ...Object.fromEntries(
    Object.entries(request.headers).filter(
      ([name]) =>
        !/^(x-forwarded-|x-original-|forwarded$|connection$|cf-access-jwt|cf-access-auth)/.test(
          name,
        ),
    ),
  ),
  "x-forwarded-for": request.socket.remoteAddress ?? "",
  "x-forwarded-host": request.headers.host ?? "",
  "x-forwarded-proto": "http",
});

const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

function relay(response: ServerResponse, { status, headers, body }: Asked): void {
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  response.writeHead(status, Object.fromEntries(kept));
  response.end(body);
}

/** The application itself: it shows what reached it. */
function show(request: IncomingMessage, response: ServerResponse, headers: Asked["headers"]): void {
  const email = headers["cf-access-authenticated-user-email"];
  const rows = [
    ["Address", request.url ?? "/"],
    ...IDENTITY.map((name) => [name, String(headers[name] ?? "") || "(empty)"]),
  ];
  sendPage(response, {
    title: "Practice application",
    body: `<h1>Practice application</h1>
<p>${email ? `You are in, ${escapeHtml(String(email))}.` : "You are in, and nobody had to say who you are."}</p>
<h2>What this application was told</h2>
<dl>${rows.map(([name, value]) => `<dt class="muted">${escapeHtml(name ?? "")}</dt><dd><code>${escapeHtml(value ?? "")}</code></dd>`).join("\n")}</dl>
<p><a href="/cdn-cgi/access/get-identity">Your identity</a> · <a href="/cdn-cgi/access/logout">Sign out</a></p>`,
  });
}

function unreachable(response: ServerResponse, error: Error): void {
  sendPage(response, {
    status: 502,
    title: "The gate does not answer",
    body: `<h1>The gate does not answer</h1><p>Nobody gets in without it. ${escapeHtml(error.message)}</p>`,
  });
}

/**
 * Starts the practice application on loopback. `gatehouse` is where Gatehouse itself listens, such as
 * `http://127.0.0.1:3000`. Throws when the port is taken.
 */
export async function startApplication(
  port: number,
  gatehouse: string,
): Promise<PracticeApplication & { stop(): Promise<void> }> {
  const at = new URL(gatehouse);
  const site = await openSite(port);
  const host = site.hostPort.replace("localhost", NAME);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    try {
      const { method = "GET", url: path = "/" } = request;
      const headers = forwarded(request);
      if (path.startsWith("/cdn-cgi/access/")) {
        relay(response, await ask(at, { method, path, headers }, await bodyOf(request)));
        return true;
      }
      const question = { ...headers, "x-forwarded-method": method, "x-forwarded-uri": path };
      delete question["content-length"];
      delete question["transfer-encoding"];
      const asked = { method: "GET", path: "/forward-auth/caddy", headers: question };
      const verdict = await ask(at, asked, null);
      if (verdict.status >= 200 && verdict.status < 300) show(request, response, verdict.headers);
      else relay(response, verdict);
    } catch (error) {
      unreachable(response, error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  };
  site.serve([answer]);
  return { host, url: `http://${host}/`, stop: site.stop };
}
