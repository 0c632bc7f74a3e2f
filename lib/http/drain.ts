import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { log } from "@/lib/kit/log";

export interface Drain {
  /** Called for every request: tells a keep-alive peer to leave once the process is stopping. */
  mark(res: ServerResponse): void;
  /** Begins to stop, as a signal would. */
  stop(reason: string, exitCode?: number): void;
}

/** One Ctrl-C arrives as SIGINT from the terminal and as SIGTERM from the script that started us. */
const ONE_PRESS_MS = 1_000;

/**
 * Graceful stop in two phases. First a lame duck that still accepts and says `Connection: close`, so
 * that busy peers leave by themselves; then no new connections, idle ones dropped, and what is in
 * flight waited for up to `graceMs`. Whoever asks again later leaves at once. `cleanup` runs last.
 */
export function drainOnSignal(
  server: Server,
  cleanup: () => Promise<void>,
  { lameDuckMs = 500, graceMs = 10_000 } = {},
): Drain {
  let drainingSince: number | null = null;
  const upgraded = new Set<Socket>();
  server.on("upgrade", ({ socket }) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
  });

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      // server.close() waits for upgraded sockets and never closes them.
      for (const socket of upgraded) socket.destroy();
      server.close(() => {
        clearInterval(sweep);
        clearTimeout(cut);
        resolve();
      });
    });

  const stop = (reason: string, exitCode = 0): void => {
    if (drainingSince !== null) {
      if (Date.now() - drainingSince > ONE_PRESS_MS) process.exit(1);
      return;
    }
    const started = Date.now();
    drainingSince = started;
    log.info({ reason }, "stopping");
    setTimeout(() => {
      close()
        .then(cleanup)
        .catch((err: unknown) => log.error({ err }, "stopping failed"))
        .finally(() => {
          log.info({ ms: Date.now() - started }, "stopped");
          process.exit(exitCode);
        });
    }, lameDuckMs);
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  return {
    mark: (res) => {
      if (drainingSince !== null) res.setHeader("connection", "close");
    },
    stop,
  };
}
