import pg from "pg";
import { log } from "@/lib/kit/log";
import { listenConfig } from "./client";

export interface Listener {
  /** Each payload, in the order of the commits. */
  onNotification(payload: string): void;
  /** Listening again, or for the first time: whatever was read before may have changed since. */
  onReady(): Promise<void>;
  /** The database answered a moment ago: nothing that was committed before can have been missed. */
  onAlive(): void;
}

const PING_MS = 1_000;
const ANSWER_MS = 2_000;
const LONGEST_WAIT_MS = 2_000;

/**
 * Hears NOTIFY on a connection of its own, for as long as the process lives. A lost connection is
 * made again; a silent one is found by a question every second. `stop` ends it.
 */
export function listen(channel: string, listener: Listener): { stop(): void } {
  let stopped = false;
  let current: pg.Client | null = null;
  let wait = 100;

  const again = () => {
    if (stopped) return;
    setTimeout(() => void connect(), wait).unref();
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const connect = async (): Promise<void> => {
    if (stopped) return;
    let client: pg.Client;
    try {
      client = new pg.Client({
        ...(await listenConfig()),
        application_name: "gatehouse listener",
        keepAlive: true,
        connectionTimeoutMillis: ANSWER_MS,
        query_timeout: ANSWER_MS,
      });
    } catch {
      return again();
    }
    current = client;
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const lost = (err?: unknown) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      if (!stopped) log.warn({ err }, "the listener lost the database");
      client.end().catch(() => undefined);
      again();
    };
    const ping = async (): Promise<void> => {
      try {
        await client.query("select 1");
        listener.onAlive();
        timer = setTimeout(() => void ping(), PING_MS).unref();
      } catch (err) {
        lost(err);
      }
    };
    client.on("error", lost);
    client.on("end", () => lost());
    client.on("notification", ({ payload }) => payload && listener.onNotification(payload));
    try {
      await client.connect();
      // First LISTEN, then read: nothing falls between the two.
      await client.query(`listen ${channel}`);
      await listener.onReady();
      wait = 100;
      await ping();
    } catch (err) {
      lost(err);
    }
  };

  void connect();
  return {
    stop() {
      stopped = true;
      current?.end().catch(() => undefined);
    },
  };
}
