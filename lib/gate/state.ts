import "server-only";
import { dataPlane } from "@/lib/http/data-plane";
import { log } from "@/lib/kit/log";
import { processState } from "@/lib/kit/process-state";
import { keepConfiguration } from "./configuration";
import { newSessions, type Sessions } from "./sessions";
import type { Snapshot } from "./snapshot";
import { hearChanges, readRevocations } from "./store";

/** What one process knows of the configuration, and whether it still may rely on it. */
export interface GateState {
  /** Null until it was read for the first time. */
  snapshot(): Snapshot | null;
  /** Waits for the first snapshot, for at most a few seconds; never throws. */
  ready(): Promise<void>;
  /** Whether all that was committed until so many milliseconds ago is known. */
  freshFor(ms: number): boolean;
  sessions: Sessions;
  /** Reads the configuration again now, for whoever has just changed it and cannot wait to be told. */
  reload(): Promise<void>;
  stop(): void;
}

const READY_MS = 5_000;
const HOUR_MS = 3_600_000;
const MESSAGE = /^(?:(c)|s:([0-9a-f-]{36})|r:(session|user):([0-9a-f-]{36}):(\d+))$/;

const soon = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref());

function begin(): GateState {
  const sessions = newSessions();
  const configuration = keepConfiguration();
  let lastAlive = Number.NEGATIVE_INFINITY;
  let announce = () => {};
  const first = new Promise<void>((resolve) => {
    announce = resolve;
  });

  const revocations = async () => sessions.learn(await readRevocations(dataPlane));
  const forgetting = setInterval(() => {
    revocations().catch((err: unknown) => log.warn({ err }, "revocations were not read again"));
  }, HOUR_MS).unref();

  const listener = hearChanges(dataPlane, {
    onNotification(payload) {
      const [, changed, session, kind, id, at] = MESSAGE.exec(payload) ?? [];
      if (changed) void configuration.changed();
      else if (session) sessions.drop(session);
      else if (kind && id) sessions.revoke(kind as "session" | "user", id, Number(at));
    },
    async onReady() {
      // Whatever happened while nobody listened.
      sessions.dropAll();
      await revocations();
      await configuration.changed();
      lastAlive = performance.now();
      announce();
    },
    onAlive() {
      lastAlive = performance.now();
    },
  });

  return {
    snapshot: configuration.snapshot,
    ready: () => (lastAlive > 0 ? Promise.resolve() : Promise.race([first, soon(READY_MS)])),
    freshFor(ms) {
      const now = performance.now();
      const dirty = configuration.dirtySince();
      return now - lastAlive <= ms && (dirty === null || now - dirty <= ms);
    },
    sessions,
    reload: configuration.changed,
    stop() {
      clearInterval(forgetting);
      configuration.stop();
      listener.stop();
    },
  };
}

/** The gate's knowledge in this process; the first call begins to gather it. */
export const gate = (): GateState => processState("gate", begin);
