import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type Env, env } from "@/lib/kit/env";
import { isAppError } from "@/lib/kit/errors";
import { log } from "@/lib/kit/log";
import { pathForLog } from "./front-door";
import { REQUEST_ID_HEADER } from "./request-id";

/** Limits of every server of ours (node:http). */
export const SERVER_LIMITS = {
  keepAliveTimeout: 75_000,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  maxHeaderSize: 32_768,
} as const;

/** Ends the process with one line for whoever started it. */
export function quit(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** The settings, or the end of the process with the line that says what is wrong. */
export function settings(): Env {
  try {
    return env();
  } catch (error) {
    quit(isAppError(error) ? error.message : String(error));
  }
}

/** Listens, or ends the process with what to do. */
export function listen(server: Server, { host, port }: Env): Promise<void> {
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

/** One line of the log per request, when its answer is out. `ip` is the client's. */
export function logWhenDone(req: IncomingMessage, res: ServerResponse, ip: string | null): void {
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

/** Reports what nothing caught, and stops by `stop` where it cannot go on. */
export function reportFaults(stop: (reason: string, exitCode: number) => void): void {
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "an error that nothing caught");
    stop("uncaughtException", 1);
  });
  process.on("unhandledRejection", (err) => log.error({ err }, "a rejection that nothing handled"));
}

/** Ends a process whose start failed, with the line that helps. */
export function quitAfter(error: unknown): never {
  if (!isAppError(error)) log.fatal({ err: error }, "Gatehouse could not start");
  quit(
    isAppError(error)
      ? [error.message, error.fix].filter(Boolean).join(" ")
      : "Gatehouse could not start; the line above says why.",
  );
}
