import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { gate } from "@/lib/gate/state";
import { machine } from "@/lib/http/app";
import { drainOnSignal } from "@/lib/http/drain";
import { listen, quitAfter, reportFaults, SERVER_LIMITS, settings } from "@/lib/http/listening";
import { openForGate } from "@/lib/http/open-data-plane";
import { serve } from "@/lib/http/serve";
import { closeDatabase } from "@/lib/http/store";
import { log } from "@/lib/kit/log";

/** The data plane alone: the gate, and the pages of the team domain. No console, and no Next. */
export async function runGate(): Promise<void> {
  const started = performance.now();
  const config = settings();
  const server = createServer(SERVER_LIMITS);
  const drain = drainOnSignal(server, async () => {
    gate().stop();
    await closeDatabase();
  });
  reportFaults(drain.stop);
  const machines = getRequestListener((request) => machine().fetch(request));
  serve(server, { ...config, drain, headers: () => [], handler: () => machines });
  await listen(server, config);
  try {
    await openForGate();
    const ms = Math.round(performance.now() - started);
    log.info({ url: config.url, host: config.host, port: config.port, ms }, "The gate is ready");
  } catch (error) {
    await closeDatabase().catch(() => undefined);
    quitAfter(error);
  }
}
