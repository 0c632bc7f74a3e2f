import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { PREVIEW_PATH } from "@/lib/custom-pages/preview-states";
import { gate } from "@/lib/gate/state";
import { machine } from "@/lib/http/app";
import { drainOnSignal } from "@/lib/http/drain";
import { isForMachines, type OwnHosts } from "@/lib/http/front-door";
import { listen, quitAfter, reportFaults, SERVER_LIMITS, settings } from "@/lib/http/listening";
import { frontDoor } from "@/lib/http/next-start";
import { securityHeaders } from "@/lib/http/security-headers";
import { type Handler, serve } from "@/lib/http/serve";
import { setupNotice, startUp } from "@/lib/http/start-up";
import { closeDatabase } from "@/lib/http/store";
import type { Env } from "@/lib/kit/env";
import { log } from "@/lib/kit/log";

/** Next, once it is prepared; until then only `/healthz` answers with more than "starting". */
interface Pages {
  handler: Handler | null;
  close(): Promise<void>;
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
    ...(!alive && { "retry-after": "1" }),
  });
  res.end(body);
}

/** The team domain's host as it is now; the console's own where nobody knows it yet. */
function ownHosts(url: string): OwnHosts {
  const { teamDomain = url, formerDomains = [] } = gate().snapshot() ?? {};
  const former = formerDomains.map(({ host }) => host);
  return { console: new URL(url).host, team: new URL(teamDomain).host, former };
}

function handlers(url: string, pages: Pages): (req: IncomingMessage) => Handler {
  // Replacing the global Request and Response breaks Next's routes in the same process.
  const machines = getRequestListener((request) => machine().fetch(request), {
    overrideGlobalObjects: false,
  });
  return ({ url: target = "/", headers }) => {
    if (!pages.handler) return notYet;
    const host = headers["x-forwarded-host"] ?? headers.host;
    const asked = typeof host === "string" ? host : undefined;
    return isForMachines(target, asked, ownHosts(url)) ? machines : pages.handler;
  };
}

function surroundings(url: string): (req: IncomingMessage) => [string, string][] {
  const https = url.startsWith("https:");
  const everywhere = Object.entries(securityHeaders({ https }));
  // Next keeps a header that stands already, so the preview's own would come too late.
  const inFrames = Object.entries(securityHeaders({ https, framed: true }));
  return (req) => (isPreview(req) ? inFrames : everywhere);
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
  const server = createServer(SERVER_LIMITS);
  const pages: Pages = { handler: null, close: async () => undefined };
  const drain = drainOnSignal(server, async () => {
    await pages.close();
    gate().stop();
    await closeDatabase();
  });
  reportFaults(drain.stop);

  const { url } = config;
  const parts = { headers: surroundings(url), handler: handlers(url, pages) };
  serve(server, { ...config, ...parts, drain });
  await listen(server, config);
  try {
    const { setupUrl } = await startUp();
    await Promise.all([gate().ready(), preparePages(config, server, pages)]);
    const ms = Math.round(performance.now() - started);
    log.info({ url, host: config.host, port: config.port, ms }, "Gatehouse is ready");
    if (setupUrl) process.stdout.write(setupNotice(setupUrl));
  } catch (error) {
    await closeDatabase().catch(() => undefined);
    quitAfter(error);
  }
}

await main();
