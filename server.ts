import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { PREVIEW_PATH } from "@/lib/custom-pages/preview-states";
import { machine } from "@/lib/http/app";
import { limitBody } from "@/lib/http/body-limit";
import { type Drain, drainOnSignal } from "@/lib/http/drain";
import { trustedProxies } from "@/lib/http/forwarded";
import { isMachinePath, isReadablePath, pathForLog, sanitiseRequest } from "@/lib/http/front-door";
import { frontDoor } from "@/lib/http/next-start";
import { REQUEST_ID_HEADER } from "@/lib/http/request-id";
import { securityHeaders } from "@/lib/http/security-headers";
import { setupNotice, startUp } from "@/lib/http/start-up";
import { closeDatabase } from "@/lib/http/store";
import { refuseUpgrade } from "@/lib/http/upgrade";
import { type Env, env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Next, once it is prepared; until then only `/healthz` answers with more than "starting". */
interface Pages {
  handler: Handler | null;
  close(): Promise<void>;
}

function quit(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function settings(): Env {
  try {
    return env();
  } catch (error) {
    quit(isAppError(error) ? error.message : String(error));
  }
}

function listen(server: Server, { host, port }: Env): Promise<void> {
  return new Promise((resolve) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken, perhaps by a Gatehouse that is already running. Stop that, or set PORT to another number.`,
        EACCES: `This user may not listen on port ${port}. Set PORT to a number above 1023.`,
        EADDRNOTAVAIL: `BIND_ADDRESS holds ${JSON.stringify(host)}; it should hold an address of this machine.`,
      };
      quit(reasons[code ?? ""] ?? `Cannot listen on ${host}:${port}: ${message}.`);
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      server.on("error", (err) => log.error({ err }, "the server reported an error"));
      resolve();
    });
  });
}

/** Asked for all the time, and nobody's doing. */
const QUIET = /^\/(_next\/static\/|healthz$|readyz$)/;

function logWhenDone(req: IncomingMessage, res: ServerResponse, ip: string | null): void {
  const started = performance.now();
  const { method } = req;
  const path = pathForLog(req.url ?? "/");
  const requestId = req.headers[REQUEST_ID_HEADER];
  res.once("close", () => {
    const ms = Math.round(performance.now() - started);
    const line = { requestId, method, path, status: res.statusCode, ms, ip };
    if (QUIET.test(path) && res.statusCode < 400) log.debug(line, "request");
    else log.info({ ...line, ...(!res.writableFinished && { aborted: true }) }, "request");
  });
}

const isPreview = ({ url = "/" }: IncomingMessage): boolean =>
  url.split("?", 1)[0] === PREVIEW_PATH;

function notYet(req: IncomingMessage, res: ServerResponse): void {
  const alive = /^\/healthz(\?|$)/.test(req.url ?? "");
  const body = JSON.stringify(
    alive ? { status: "ok" } : { status: "unavailable", reason: "starting" },
  );
  res.writeHead(alive ? 200 : 503, {
    "content-type": "application/json",
    ...(!alive && { "retry-after": "2" }),
  });
  res.end(body);
}

function serve(
  server: Server,
  pages: Pages,
  { trustedProxies: networks, url }: Env,
  drain: Drain,
): void {
  const https = url.startsWith("https:");
  const everywhere = Object.entries(securityHeaders({ https }));
  // Next keeps a header that stands already, so the preview's own would come too late.
  const inFrames = Object.entries(securityHeaders({ https, framed: true }));
  const isTrusted = trustedProxies(networks);
  // Replacing the global Request and Response breaks Next's routes in the same process.
  const machines = getRequestListener((request) => machine().fetch(request), {
    overrideGlobalObjects: false,
  });
  server.on("request", (req, res) => {
    drain.mark(res);
    const { requestId, address } = sanitiseRequest(req, isTrusted);
    res.setHeader(REQUEST_ID_HEADER, requestId);
    for (const [name, value] of isPreview(req) ? inFrames : everywhere) res.setHeader(name, value);
    logWhenDone(req, res, address);
    if (!isReadablePath(req.url ?? "/")) {
      res.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
      res.end("This address is not a path, or not encoded as one must be.\n");
      return;
    }
    if (!limitBody(req, res)) return;
    if (!pages.handler) {
      notYet(req, res);
      return;
    }
    const handler: Handler = isMachinePath(req.url ?? "/") ? machines : pages.handler;
    handler(req, res).catch((err: unknown) => {
      log.error({ err, requestId }, "a request failed");
      if (!res.headersSent) res.writeHead(500).end();
    });
  });
  server.on("upgrade", (_req, socket) => refuseUpgrade(socket));
}

async function preparePages({ host, port }: Env, httpServer: Server, pages: Pages): Promise<void> {
  // Read by React and Next while they load, which is why they are not loaded before.
  Reflect.set(process.env, "NODE_ENV", "production");
  const { default: next } = await import("next");
  const app = next({ dev: false, hostname: host, port, httpServer });
  await app.prepare();
  pages.close = () => app.close();
  pages.handler = app.getRequestHandler();
}

async function main(): Promise<void> {
  const started = performance.now();
  const config = settings();
  frontDoor().open = true;
  const server = createServer({
    keepAliveTimeout: 75_000,
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    maxHeaderSize: 32_768,
  });
  const pages: Pages = { handler: null, close: async () => undefined };
  const drain = drainOnSignal(server, async () => {
    await pages.close();
    await closeDatabase();
  });
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "an error that nothing caught");
    drain.stop("uncaughtException", 1);
  });
  process.on("unhandledRejection", (err) => log.error({ err }, "a rejection that nothing handled"));

  serve(server, pages, config, drain);
  await listen(server, config);
  try {
    const { setupUrl } = await startUp();
    await preparePages(config, server, pages);
    const ms = Math.round(performance.now() - started);
    log.info({ url: config.url, host: config.host, port: config.port, ms }, "Gatehouse is ready");
    if (setupUrl) process.stdout.write(setupNotice(setupUrl));
  } catch (error) {
    if (!isAppError(error)) log.fatal({ err: error }, "Gatehouse could not start");
    await closeDatabase().catch(() => undefined);
    quit(
      isAppError(error)
        ? [error.message, error.fix].filter(Boolean).join(" ")
        : "Gatehouse could not start; the line above says why.",
    );
  }
}

await main();
